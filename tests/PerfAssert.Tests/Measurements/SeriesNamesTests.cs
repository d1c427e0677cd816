using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class SeriesNamesTests
{
    [Fact]
    public async Task A_name_of_its_own_for_every_request_fails_them_and_says_what_to_do()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(200, 1));

        var round = (await Loads.MeasureAsync(plan, request =>
        {
            request.Record($"user-{request.Index}", TimeSpan.FromMilliseconds(1));
            return Task.CompletedTask;
        })).Rounds.Single();

        (round.Succeeded, round.Failed, round.Series.Count).Should().Be((50, 150, 50));
        round.Errors.Should().ContainSingle().Which.Message.Should().StartWith(
            "More than 50 names of recorded durations in one run (user-0, user-1, user-10, ...). A name stands for a step that requests have in common, not for a request or a user: use few names");
    }

    [Fact]
    public void A_known_name_is_recorded_when_no_other_is_taken_any_more()
    {
        var names = new SeriesNames();
        for (var i = 0; i < SeriesNames.Most; i++)
        {
            names.Add($"step-{i}");
        }

        names.Add("step-7");
        FluentActions.Invoking(() => names.Add("other")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => names.Add("ttft")).Should().Throw<ArgumentException>().WithMessage("*cannot name a recorded duration*");
        FluentActions.Invoking(() => names.Add(null!)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_known_name_allocates_nothing()
    {
        var names = new SeriesNames();
        names.Add("parse");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            names.Add("parse");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000, "that would be a byte a name");
    }
}
