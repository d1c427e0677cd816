using FluentAssertions;
using PerfAssert.Planning;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tool.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private readonly PerfGate perfgate = new();

    public void Dispose() => perfgate.Dispose();

    [Fact]
    public async Task A_regression_ends_with_1_and_a_test_that_is_gone_is_named()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 1, "Tests.Gone"), "base");
        perfgate.Write(Sessions.Of(1.3, 2), "head");

        var (code, output) = await perfgate.Run("compare", "base", "head");

        code.Should().Be(1, output);
        output.Should().Contain("REGRESSED").And.Contain("p50 < reference + 5 %").And.Contain("gone: the base has runs of it").And.Contain("1 regressed, 1 tests gone");
    }

    [Fact]
    public async Task The_same_again_ends_with_0()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2), "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result => result.Code == 0 && result.Output.Contains("1 passed"));
    }

    [Fact]
    public async Task Undecided_under_a_policy_that_fails_it_ends_with_3()
    {
        var run = Sessions.Of(2, 2, rounds: 1);
        perfgate.Write(Sessions.Of(1, 1, rounds: 1), "base");
        perfgate.Write(run with { Plan = run.Plan with { Policy = run.Plan.Policy with { Inconclusive = InconclusivePolicy.Fail } } }, "head");

        (await perfgate.Run("compare", "base", "head")).Code.Should().Be(3);
    }

    [Fact]
    public async Task Nothing_but_invalid_runs_ends_with_4()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2) with { Outcome = RunOutcome.Invalid }, "head");

        (await perfgate.Run("compare", "base", "head")).Code.Should().Be(4);
    }

    [Fact]
    public async Task A_test_that_is_gone_ends_with_1_unless_it_may_be_gone()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 1, "Tests.Gone"), "base");
        perfgate.Write(Sessions.Of(1, 2), "head");

        (await perfgate.Run("compare", "base", "head")).Code.Should().Be(1);
        (await perfgate.Run("compare", "base", "head", "--allow-gone")).Should().Match<(int Code, string Output)>(result => result.Code == 0 && result.Output.Contains("1 tests gone"));
    }

    [Fact]
    public async Task A_new_test_is_not_comparable_and_ends_with_3_where_that_fails()
    {
        var run = Sessions.Of(1, 1, "Tests.New");
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2), "head");
        perfgate.Write(run with { Plan = run.Plan with { Policy = run.Plan.Policy with { NotComparable = NotComparablePolicy.Fail } } }, "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result => result.Code == 3 && result.Output.Contains("1 tests new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task Run_files_that_are_empty_or_missing_end_with_2(string? content)
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        Directory.CreateDirectory(Path.Combine(perfgate.Folder, "head"));
        if (content is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(perfgate.Folder, "head", "run.json"), content);
        }

        (await perfgate.Run("compare", "base", "head")).Code.Should().Be(2);
    }

    [Fact]
    public async Task A_wrong_budget_ends_with_2_and_points_at_it()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");

        (await perfgate.Run("compare", "base", "base", "--budget", "p99 < 200 ms")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 2 && result.Output.Contains("expected one relative"));
    }
}
