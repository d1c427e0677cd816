using FluentAssertions;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Tests.Planning;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests;

/// <summary>What a whole run looks at inside of its load, from the declaration on: whether it looks at all, and at which level.</summary>
[Collection("Timing")]
public sealed class InterimLookTests
{
    private const string Load = "50 rps for 1 s";
    private const string Absolute = "p50 < 60 s";

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    public static TheoryData<string, LoadAttribute, string> RunWhole => new()
    {
        { "the attribute opts out", new LoadAttribute(Load) { EarlyEnd = false }, Absolute },
        { "the option opts out", new PerfTestOptions { EarlyEnd = false }.ToLoad(Load), Absolute },
        { "rounds are replicates", new LoadAttribute(Load) { Rounds = 2 }, Absolute },
        { "a relative budget compares rounds", new LoadAttribute(Load) { Rounds = 1 }, "p50 < baseline + 10 %" },
    };

    [Theory]
    [MemberData(nameof(RunWhole), DisableDiscoveryEnumeration = true)]
    public async Task A_load_that_is_to_run_whole_is_not_looked_at(string because, LoadAttribute load, string budget)
    {
        var (levels, text) = await LooksAsync(load, budget, endAt: 1);

        levels.Should().BeEmpty(because);
        text.Should().NotContain("ended after");
    }

    [TimingFact]
    public async Task Each_look_has_the_level_of_its_number_and_the_one_that_decides_ends_the_load()
    {
        var (levels, text) = await LooksAsync(new PerfTestOptions().ToLoad(Load), Absolute, endAt: 3);

        levels.Should().Equal(Interim(1), Interim(2), Interim(3));
        text.Should().MatchRegex(@"ended after \d+ ms: every budget was decided");
    }

    [TimingFact]
    public async Task Looks_are_numbered_on_when_the_load_is_measured_again()
    {
        // 40 requests prove no p95, 120 can.
        var (levels, text) = await LooksAsync(new LoadAttribute("40 rps for 1 s"), "p95 < 60 s", endAt: int.MaxValue);

        text.Should().MatchRegex("extended to [23] to decide");
        levels.Should().HaveCountGreaterThan(5).And.Equal(Enumerable.Range(1, levels.Count).Select(Interim));
    }

    // As unlike its neighbours as can be: by chance, few requests look so much alike that three times as many prove nothing either.
    private static Task EveryTenthIsSlow(PerfRequest request) => request.Index % 10 == 0 ? Task.Delay(30, request.CancellationToken) : Task.CompletedTask;

    private static Level Interim(int number) => Level.Interim(0.95, number, Judge.DefaultLooks);

    private static async Task<(List<Level> Levels, string Text)> LooksAsync(LoadAttribute load, string budget, int endAt)
    {
        var levels = new List<Level>();
        await using var turn = await ExclusiveTurn.WaitAsync(CancellationToken.None);
        var result = await PerfRunner.RunAsync(
            Plans.Test(load, budget, "errors < 50 %") with { TestName = nameof(InterimLookTests) },
            RequestMethod.From(EveryTenthIsSlow),
            endpoint: null,
            First,
            (_, _, level) =>
            {
                levels.Add(level);
                return levels.Count == endAt;
            },
            CancellationToken.None);

        // Where a line is broken depends on how long the figures in it are.
        return (levels, string.Join(' ', result.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)));
    }
}
