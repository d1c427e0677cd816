using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class PayloadSetTests
{
    private static readonly PayloadSet Prompts = new("prompts", new string('a', 64), 100, new TokenSummary(5, 10.5, 20));
    private static readonly PayloadSet Images = new("images", new string('B', 64), 8);

    [Fact]
    public async Task Sets_that_requests_use_are_seen_once_by_name()
    {
        var measured = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(200, 8)), async request =>
        {
            request.UsePayload(Prompts);
            await Task.Yield();
            request.UsePayload(request.Index % 2 == 0 ? Images : new PayloadSet("images", Images.Sha256, 8));
        });

        measured.Payloads.Select(set => (set.Name, set.Sha256)).Should().Equal(("images", new string('b', 64)), ("prompts", new string('a', 64)));
        measured.Rounds.Single().Succeeded.Should().Be(200);
    }

    [Fact]
    public async Task A_run_that_names_none_has_none() =>
        (await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(3, 1)), _ => Task.CompletedTask)).Payloads.Should().BeEmpty();

    [Fact]
    public void Naming_one_or_two_sets_allocates_nothing()
    {
        var log = new PayloadLog();
        var request = new PerfRequest(LoadClock.System, log);
        request.UsePayload(Prompts);
        request.UsePayload(Images);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
        {
            request.UsePayload(Prompts);
            request.UsePayload(Images);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000);
        log.Sets.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("", "aa", 1)]
    [InlineData("x", "aa", 1)]
    [InlineData("x", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", 1)]
    [InlineData("x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0)]
    public void A_wrong_description_is_refused(string name, string hash, int count)
    {
        var make = () => new PayloadSet(name, hash, count);

        make.Should().Throw<ArgumentException>();
    }
}
