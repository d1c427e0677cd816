using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class EarlyEndRuleTests
{
    private static readonly Budget P99 = Make.Less(Make.Percentile(99), 200);

    [Theory]
    [InlineData(5_000, 0, true, "proved met")]
    [InlineData(5_000, 500, true, "proved broken")]
    [InlineData(5_000, 50, false, "at its limit")]
    [InlineData(999, 500, false, "too few requests, however clear")]
    public void A_look_ends_a_load_when_the_budget_is_proved(int requests, int slow, bool ended, string because) =>
        IsDecided(Make.Plan(P99), Make.Round(Make.Requests(requests, slow))).Should().Be(ended, because);

    [Fact]
    public void Every_budget_must_be_decided()
    {
        var plan = Make.Plan(P99, Make.Less(Make.Percentile(99.9m), 200));

        IsDecided(plan, Make.Round(Make.Requests(2_000, 0))).Should().BeFalse("p99.9 needs more");
        IsDecided(plan, Make.Round(Make.Requests(10_000, 0))).Should().BeTrue();
    }

    [Fact]
    public void A_maximum_and_no_failure_at_all_are_met_only_at_the_end_but_broken_at_once()
    {
        var calm = Make.Round(Make.Requests(5_000, 0));

        IsDecided(Make.Plan(Make.Less(Make.Of(Statistic.Max), 200)), calm).Should().BeFalse();
        IsDecided(Make.Plan(Make.Less(Make.Of(Statistic.Max), 200)), Make.Round(Make.Requests(5_000, 1))).Should().BeTrue();
        IsDecided(Make.Plan(Make.Errors(0)), calm).Should().BeFalse();
        IsDecided(Make.Plan(Make.Errors(0)), Make.Round(Make.Requests(5_000, 0), failed: 1)).Should().BeTrue();
        IsDecided(Make.Plan(Make.Errors(1)), calm).Should().BeTrue("a share is proved by counting");

        var implied = Make.Plan(P99);
        IsDecided(implied with { Budgets = [.. implied.Budgets, new PlannedBudget(Make.Errors(0), "default") { IsImplied = true }] }, calm)
            .Should().BeTrue("nobody asked for a whole load without a failure");
    }

    [Fact]
    public void A_load_that_queues_is_decided_when_it_is_broken_but_never_because_it_is_met()
    {
        IsDecided(Make.Plan(P99), Make.Round(Make.Requests(5_000, 0)) with { QueuedAtMaxInFlight = 1 }).Should().BeFalse("the queue grows");
        IsDecided(Make.Plan(P99), Make.Round(Make.Requests(5_000, 500)) with { QueuedAtMaxInFlight = 1 }).Should().BeTrue();
    }

    [Fact]
    public void A_client_bound_run_is_never_decided()
    {
        var late = Make.Round(Make.Requests(5_000, 0)) with { Lateness = Make.Histogram(Enumerable.Repeat(150.0, 5_000)) };

        IsDecided(Make.Plan(P99), late).Should().BeFalse();
    }

    [Fact]
    public void Requests_in_flight_at_a_look_were_sent()
    {
        // 50 a second that take 2 s, after 40 s.
        var soFar = Make.Round(Make.Requests(1_900, 0, fast: 2_000)) with { Scheduled = 2_000 };
        var plan = Make.Plan(Make.Less(Make.Percentile(50), 10_000));

        IsDecided(plan, soFar with { InFlight = 100 }).Should().BeTrue();
        IsDecided(plan, soFar).Should().BeFalse("100 were not sent");
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(100, false)]
    public void A_rate_is_undecided_while_the_last_answers_would_weigh_on_it(int inFlight, bool decided)
    {
        // 200 a second that take 50 ms, or 5 s, after 10 s.
        var soFar = Make.Round(Make.Requests(2_000 - inFlight, 0)) with { Scheduled = 2_000, InFlight = inFlight };

        IsDecided(Make.Plan(P99, Make.Greater(Make.Rate(MetricFamily.Throughput), 50)), soFar).Should().Be(decided);
        IsDecided(Make.Plan(P99, Make.Greater(Make.Rate(MetricFamily.Goodput), 500)), soFar).Should().Be(decided);
        IsDecided(Make.Plan(P99), soFar).Should().BeTrue("its budgets are on single requests");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void A_mean_of_what_counts_as_two_requests_is_undecided_at_any_look(int look)
    {
        // Latencies that grow all the time are as alike as can be.
        var growing = Make.Round([.. Enumerable.Range(0, 2_000).Select(i => 10 + (i * .05))]);

        IsDecided(Make.Plan(Make.Less(Make.Of(Statistic.Mean), 200)), growing, look).Should().BeFalse();
    }

    [Fact]
    public void A_plan_allows_it_for_one_steady_phase_of_one_round_with_absolute_budgets()
    {
        var steady = new LoadPhase.ConstantRate(100, TimeSpan.FromMinutes(1), null);
        var ramp = new LoadPhase.RateRamp(0, 100, TimeSpan.FromSeconds(10));
        var plan = Make.Plan(P99) with { Load = Make.Load(steady) };

        EarlyEndRule.Allows(plan).Should().BeTrue();
        EarlyEndRule.Allows(plan with { Load = Make.Load(ramp, steady) }).Should().BeTrue();
        EarlyEndRule.Allows(plan with { Load = Make.Load(steady, steady) }).Should().BeFalse("the second phase is another question");
        EarlyEndRule.Allows(plan with { Load = Make.Load(ramp) }).Should().BeFalse("a ramp changes all the time");
        EarlyEndRule.Allows(plan with { Load = plan.Load with { EarlyEnd = false } }).Should().BeFalse();
        EarlyEndRule.Allows(plan with { Load = plan.Load with { Rounds = 5 } }).Should().BeFalse();
        EarlyEndRule.Allows(plan with { Mode = PerfMode.Smoke }).Should().BeFalse();
        EarlyEndRule.Allows(Make.Plan(Make.Relative(BudgetKind.Baseline)) with { Load = Make.Load(steady) }).Should().BeFalse();
    }

    [Theory]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void All_looks_together_spend_no_more_than_the_error(double confidence)
    {
        var whole = Judge.DefaultLooks * Level.Whole(confidence, Judge.DefaultLooks).PerLook;
        var interim = Enumerable.Range(1, 60).Sum(number => Level.Interim(confidence, number, Judge.DefaultLooks).PerLook);

        (whole + interim).Should().BeLessThanOrEqualTo(1 - confidence + 1e-12).And.BeGreaterThan(0.99 * (1 - confidence));
        Level.Whole(confidence, 1).PerLook.Should().Be(1 - confidence);
    }

    [Fact]
    public void A_service_exactly_at_its_limit_is_rarely_ended_early_and_never_more_often_than_the_interim_share()
    {
        // A minute at 200 a second, looked at after 10, 20 and 40 s; seeded, so the same every time.
        var random = new Random(20260101);
        var plan = Make.Plan(Make.Less(Make.Percentile(95), 100));
        var ended = Enumerable.Range(0, 400).Count(_ =>
        {
            var all = Enumerable.Range(0, 8_000).Select(_ => random.NextDouble() < .05 ? 200.0 : 10.0).ToArray();
            return Enumerable.Range(1, 3).Any(look => IsDecided(plan, Make.Round(all[..(1_000 << look)]), look));
        });

        // Met or broken: 0.005 a side.
        ended.Should().BeLessThan((int)(400 * (0.01 + (3 * Math.Sqrt(0.01 / 400)))));
    }

    private static bool IsDecided(PerfPlan plan, Round round, int look = 1) =>
        EarlyEndRule.IsDecided(plan, Make.Measurement(round), Level.Interim(plan.Policy.Confidence, look, Judge.DefaultLooks));
}
