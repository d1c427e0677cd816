using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

[Collection("Timing")]
public sealed class EarlyEndTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    [TimingFact]
    public async Task A_load_ends_at_the_first_look_that_decides_and_what_is_in_flight_is_waited_for()
    {
        var looks = new List<long>();
        var inFlight = new List<long>();
        var measured = await MeasureAsync(Loads.Plan(Loads.Rate(200, 60)), soFar =>
        {
            looks.Add(soFar.Rounds.Single().Requests);
            inFlight.Add(soFar.Rounds.Single().InFlight);
            return looks.Count == 2;
        });

        // Looks at 0.5 s and 1 s; the answers take 100 ms.
        looks.Should().HaveCount(2);
        looks[0].Should().BeInRange(70, 100);
        looks[1].Should().BeInRange(160, 230);
        inFlight.Should().OnlyContain(count => count > 10 && count < 40);
        var round = measured.Rounds.Single();
        measured.Ended.Should().Be(EarlyEnd.Decided);
        round.Requests.Should().Be(round.Scheduled).And.BeGreaterThan(looks[1]);
        (round.Failed, round.InFlight).Should().Be((0, 0));
        round.ScheduledSpan.TotalSeconds.Should().BeInRange(0.99, 1.5);
        (round.Scheduled / round.ScheduledSpan.TotalSeconds).Should().BeApproximately(200, 4);
        measured.MeasuredFor.TotalSeconds.Should().BeInRange(1, 2);
    }

    [TimingFact]
    public async Task A_look_that_fails_fails_the_run_with_its_exception()
    {
        var measuring = () => MeasureAsync(Loads.Plan(Loads.Rate(100, 60)), _ => throw new InvalidOperationException("no bound is known"));

        (await measuring.Should().ThrowAsync<InvalidOperationException>()).WithMessage("no bound is known");
    }

    [TimingFact]
    public async Task A_load_that_no_look_decides_runs_whole()
    {
        var measured = await MeasureAsync(Loads.Plan(Loads.Rate(100, 1.2)), _ => false);

        measured.Ended.Should().BeNull();
        measured.Rounds.Single().Requests.Should().Be(120);
    }

    [TimingFact]
    public async Task Users_stop_at_the_look_as_well()
    {
        var measured = await MeasureAsync(Loads.Plan(new LoadPhase.ConstantUsers(3, TimeSpan.FromMinutes(1), null)), _ => true);

        measured.Ended.Should().Be(EarlyEnd.Decided);
        measured.Rounds.Single().Requests.Should().BeInRange(9, 18, "3 users with 100 ms each, for half a second and a last answer");
    }

    [TimingFact]
    public async Task The_longest_duration_ends_a_load_that_counts_requests()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(1_000_000, 2)) with { MaxDuration = TimeSpan.FromSeconds(1) };
        var runner = new LoadRunner(plan, RequestMethod.From(Slow), GoodputRule.None, LoadClock.System);
        await runner.MeasureAsync(null, CancellationToken.None);

        var measured = runner.Read();
        measured.Ended.Should().Be(EarlyEnd.MaxDuration);
        measured.Aborted.Should().BeNull();
        measured.Rounds.Single().Requests.Should().BeInRange(10, 24);
        runner.HasTimeForMore.Should().BeFalse();
    }

    [TimingFact]
    public async Task A_load_that_had_sent_everything_when_it_was_ended_was_not_cut_short()
    {
        // The last answer comes 0.5 s after the last arrival, and the end between them.
        var plan = Loads.Plan(Loads.Rate(100, 1)) with { MaxDuration = TimeSpan.FromSeconds(1.2) };
        var runner = new LoadRunner(plan, RequestMethod.From((Func<PerfRequest, Task>)(_ => Task.Delay(500))), GoodputRule.None, LoadClock.System);
        await runner.MeasureAsync(null, CancellationToken.None);

        var measured = runner.Read();
        measured.Ended.Should().BeNull();
        measured.Rounds.Single().Requests.Should().Be(100);
    }

    [TimingFact]
    public async Task No_round_begins_when_the_longest_duration_is_used_up()
    {
        var plan = Loads.Plan(Loads.Rate(10, 1)) with { Rounds = 2, MaxDuration = TimeSpan.FromSeconds(1) };
        var runner = new LoadRunner(plan, RequestMethod.From(Slow), GoodputRule.None, LoadClock.System);
        await runner.MeasureAsync(null, CancellationToken.None);

        runner.Read().Ended.Should().Be(EarlyEnd.MaxDuration);
        runner.Read().Rounds.Should().ContainSingle().Which.Requests.Should().Be(10);
    }

    [TimingFact]
    public async Task Rounds_after_the_longest_duration_are_not_begun()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(8, 1)) with { Rounds = 5, MaxDuration = TimeSpan.FromSeconds(2) };
        var runner = new LoadRunner(plan, RequestMethod.From(Slow), GoodputRule.None, LoadClock.System);
        await runner.MeasureAsync(null, CancellationToken.None);

        runner.Read().Rounds.Should().HaveCountGreaterThan(1).And.HaveCountLessThan(5);
    }

    private static Task Slow(PerfRequest request) => Task.Delay(100, request.CancellationToken);

    private static async Task<Measurement> MeasureAsync(LoadPlan plan, Func<Measurement, bool> isDecided)
    {
        var runner = new LoadRunner(plan, RequestMethod.From(Slow), GoodputRule.None, LoadClock.System);
        await runner.MeasureAsync(new InterimLooks(First, isDecided), CancellationToken.None);
        return runner.Read();
    }
}
