using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Planning;
using PerfAssert.Tests.Baselines;
using PerfAssert.Tests.Planning;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class WaiverTests
{
    private static readonly PlannedWaiver Waiver = new(
        Budget.Parse("p99 < 20 ms"), Budget.Parse("p99 < 50 ms"), new DateOnly(2030, 12, 31), Expired: false, "#7", "new driver", "perf-budgets.json:9:5");

    [Fact]
    public void A_broken_budget_that_is_waived_passes_with_a_warning_that_says_why()
    {
        var judged = Judged(30, Waiver);

        judged.Passed.Should().BeTrue();
        judged.Verdicts.Single().Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Broken && v.Warned
            && v.Note!.Contains("waived until 2030-12-31 up to p99 < 50 ms: new driver (#7), perf-budgets.json:9:5"));
        judged.Warnings.Should().NotContain(warning => warning.Contains("waiver"));
    }

    [Fact]
    public void A_broken_budget_that_is_waived_does_not_end_the_looks_at_the_others()
    {
        var waived = Budget.Parse("p50 < 1 ms");
        var plan = Make.Plan(Budget.Parse("p99 < 200 ms"), waived);
        var measurement = Make.Measurement(Make.Round(Make.Requests(1_000, 8)));

        LooksAgain(plan with { Waivers = [Waiver with { Budget = waived, Ceiling = Budget.Parse("p50 < 50 ms") }] }).Should().BeTrue();
        LooksAgain(plan).Should().BeFalse();

        bool LooksAgain(PerfPlan plan) => Judge.CouldDecideWithMore(plan, measurement, Judge.Decide(plan, measurement, 3, 1), 3, 1);
    }

    [Fact]
    public void An_expired_waiver_fails_and_says_so() =>
        Judged(30, Waiver with { Expired = true }).Verdicts.Single().Should().Match<BudgetVerdict>(v => !v.Passed && v.Note!.Contains("has expired"));

    [Fact]
    public void Beyond_the_ceiling_it_fails_and_says_so() =>
        Judged(60, Waiver).Verdicts.Single().Should().Match<BudgetVerdict>(v => !v.Passed && v.Note!.Contains("beyond the ceiling"));

    [Fact]
    public void Another_budget_is_not_waived()
    {
        var judged = Judged(30, Waiver with { Budget = Budget.Parse("p99 < 21 ms") });

        judged.Passed.Should().BeFalse();
        judged.Warnings.Should().Contain(warning => warning.Contains("p99 < 21 ms is not used: this test has no such budget"));
    }

    [Fact]
    public void A_waiver_of_a_budget_that_holds_warns() =>
        Judged(10, Waiver).Warnings.Should().Contain(warning => warning.Contains("is not used: the budget passes; take it out"));

    [Fact]
    public void What_was_not_measured_is_not_waived()
    {
        var budget = Budget.Parse("ttft.p99 < 20 ms");
        var plan = Make.Plan(budget) with { Waivers = [Waiver with { Budget = budget, Ceiling = Budget.Parse("ttft.p99 < 50 ms") }] };

        Judge.Decide(plan, Make.Measurement(Make.Round(Make.Requests(1_000, 0)))).Passed.Should().BeFalse();
    }

    [Fact]
    public void A_regression_is_waived_up_to_a_ceiling_relative_to_the_baseline()
    {
        var budget = Budget.Parse("p50 < baseline + 10 %");
        var stored = new PerfAssert.Baselines.StoredRuns(Stored.Of("p50", 98e6, 101e6, 103e6, 99e6, 100e6, 97e6), Stored.Conditions);
        var round = Make.Round(Make.Requests(1_000, 0, 120));
        var plan = Make.Plan(budget) with { Stored = stored };

        Judge.Decide(plan, Make.Measurement(round, round)).Passed.Should().BeFalse();
        Judge.Decide(plan with { Waivers = [Waiver with { Budget = budget, Ceiling = Budget.Parse("p50 < baseline + 30 %") }] }, Make.Measurement(round, round)).Passed.Should().BeTrue();
        Judge.Decide(plan with { Waivers = [Waiver with { Budget = budget, Ceiling = Budget.Parse("p50 < baseline + 15 %") }] }, Make.Measurement(round, round)).Passed.Should().BeFalse();
    }

    [Theory]
    [InlineData("2026-03-04", false)]
    [InlineData("2026-03-03", true)]
    public void The_last_day_is_still_waived(string until, bool expired)
    {
        using var folder = new TestFolder().With("perf-budgets.json", $$"""
            { "waivers": [ { "test": "{{Plans.TestName}}", "budget": "p99 < 200 ms", "ceiling": "p99 < 300 ms", "until": "{{until}}", "reason": "r" },
                           { "test": "{{Plans.TestName}}2", "budget": "p99 < 200 ms", "ceiling": "p99 < 300 ms", "until": "{{until}}", "reason": "r" } ] }
            """);

        var plan = Planner.Plan(Plans.Standard, new PlanningContext(folder.Start, _ => null, MachineFacts.Unknown) { Today = new DateOnly(2026, 3, 4) });

        plan.Waivers.Should().ContainSingle().Which.Expired.Should().Be(expired);
    }

    private static Judgement Judged(double milliseconds, PlannedWaiver waiver) => Judge.Decide(
        Make.Plan(Budget.Parse("p99 < 20 ms")) with { Waivers = [waiver] },
        Make.Measurement(Make.Round(Make.Requests(5_000, 0, milliseconds))));
}
