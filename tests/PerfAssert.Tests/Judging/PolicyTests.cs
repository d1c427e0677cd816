using FluentAssertions;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class PolicyTests
{
    [Theory]
    [InlineData(InconclusivePolicy.Observed, 9, true, false)]
    [InlineData(InconclusivePolicy.Observed, 12, false, false)]
    [InlineData(InconclusivePolicy.Warn, 12, true, true)]
    [InlineData(InconclusivePolicy.Fail, 9, false, false)]
    internal void What_inconclusive_means_is_policy(InconclusivePolicy policy, int slow, bool passed, bool warned)
    {
        var plan = Make.Plan(Make.Less(Make.Percentile(99), 200)) with { Policy = new(Inconclusive: policy) };

        var verdict = Judge.Decide(plan, Make.Measurement(Make.Round(Make.Requests(1_000, slow)))).Verdicts.Single();

        verdict.Verdict.Should().Be(Verdict.Inconclusive);
        (verdict.Passed, verdict.Warned).Should().Be((passed, warned));
        verdict.Note.Should().Contain("would prove it met");
    }

    [Fact]
    public void One_broken_budget_fails_the_test_and_leaves_the_others_met()
    {
        var plan = Make.Plan(Make.Less(Make.Percentile(50), 200), Make.Less(Make.Percentile(99), 5), Make.Errors(0));

        var judgement = Judge.Decide(plan, Make.Measurement(Make.Round(Make.Requests(1_000, 0))));

        judgement.Passed.Should().BeFalse();
        judgement.Verdicts.Select(v => v.Verdict).Should().Equal(Verdict.Met, Verdict.Broken, Verdict.Met);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Smoke_judges_only_whether_the_request_succeeded(int failed, bool passed)
    {
        var plan = Make.Plan(Make.Less(Make.Percentile(99), 1)) with { Mode = PerfMode.Smoke };

        var judgement = Judge.Decide(plan, Make.Measurement(Make.Round(Make.Requests(1 - failed, 0), failed: failed)));

        judgement.Passed.Should().Be(passed);
        judgement.Verdicts.Should().BeEmpty();
        judgement.Warnings.Should().Contain(w => w.Contains("smoke mode"));
    }

    [Fact]
    public void Smoke_without_a_request_or_cut_off_does_not_pass()
    {
        var plan = Make.Plan(Make.Errors(0)) with { Mode = PerfMode.Smoke };

        Judge.Decide(plan, Make.Measurement()).Passed.Should().BeFalse();
        Judge.Decide(plan, Make.Measurement(Make.Round([1])) with { Aborted = "cancelled" }).Passed.Should().BeFalse();
    }

    [Theory]
    [InlineData(300, 0, 1, true, "3 looks make 900 of the 418 needed")]
    [InlineData(100, 0, 1, false, "3 looks make 300 of the 418 needed")]
    [InlineData(1_000, 8, 1, true, "an undecided sample may be decided by a larger one")]
    [InlineData(1_000, 8, 3, false, "it was the last look")]
    [InlineData(1_000, 0, 1, false, "it is met")]
    [InlineData(1_000, 100, 1, false, "it is broken")]
    public void Another_look_is_taken_only_if_it_could_decide(int requests, int slow, int look, bool expected, string because) =>
        CouldDecide(Make.Plan(Make.Less(Make.Percentile(99), 200)), Make.Measurement(Make.Round(Make.Requests(requests, slow))), look)
            .Should().Be(expected, because);

    [Fact]
    public void Another_look_is_not_taken_when_the_test_is_lost_or_the_run_invalid()
    {
        var open = Make.Less(Make.Percentile(99), 200);
        var measurement = Make.Measurement(Make.Round(Make.Requests(1_000, 8)));

        CouldDecide(Make.Plan(open, Make.Less(Make.Percentile(50), 1)), measurement, 1).Should().BeFalse();
        CouldDecide(Make.Plan(open, Make.Less(Make.Percentile(50, MetricFamily.TimeToFirstToken), 1)), measurement, 1).Should().BeFalse();
        CouldDecide(Make.Plan(open), measurement with { Aborted = "cancelled" }, 1).Should().BeFalse();
        CouldDecide(Make.Plan(open) with { Mode = PerfMode.Smoke }, measurement, 1).Should().BeFalse();
    }

    [Fact]
    public void Tokens_get_another_look_only_if_it_makes_enough_rounds()
    {
        var plan = Make.Plan(Make.Greater(Make.Rate(MetricFamily.OutputTokens), 900));
        var round = Make.Round(Make.Requests(1_000, 0)) with { OutputTokens = 10_000 };

        CouldDecide(plan, Make.Measurement(round), 1).Should().BeFalse();
        CouldDecide(plan, Make.Measurement(round, round), 1).Should().BeTrue();
    }

    [Fact]
    public void Budgets_that_the_load_can_never_prove_are_listed_before_the_run()
    {
        var plan = Make.Plan(Make.Less(Make.Percentile(99), 200), Make.Less(Make.Percentile(90), 200), Make.Errors(0), Make.Errors(.1m));

        var unprovable = Judge.UnprovablePercentiles(plan with { Load = Make.Load(new LoadPhase.FixedRequests(100, 1)) });

        unprovable.Select(u => (u.Budget.Budget.Metric.Name, u.Planned, u.Needed)).Should().Equal(("p99", 300, 418), ("errors", 300, 4_198));
        unprovable[0].ToString().Should().Be("p99 cannot be shown by 300 requests: 418 are needed");
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(20, true)]
    public void The_length_of_a_constant_rate_is_known_beforehand(int seconds, bool provable)
    {
        var load = Make.Load(new LoadPhase.ConstantRate(10, TimeSpan.FromSeconds(seconds), null));

        Judge.UnprovablePercentiles(Make.Plan(Make.Less(Make.Percentile(99), 200)) with { Load = load }).IsEmpty.Should().Be(provable);
    }

    [Fact]
    public void The_length_of_users_for_a_time_is_not() =>
        Judge.UnprovablePercentiles(Make.Plan(Make.Less(Make.Percentile(99.99m), 200)) with
        {
            Load = Make.Load(new LoadPhase.ConstantUsers(1, TimeSpan.FromSeconds(1), null)),
        }).Should().BeEmpty();

    private static bool CouldDecide(PerfPlan plan, Measurement measurement, int look) =>
        Judge.CouldDecideWithMore(plan, measurement, Judge.Decide(plan, measurement, 3, look), 3, look);
}
