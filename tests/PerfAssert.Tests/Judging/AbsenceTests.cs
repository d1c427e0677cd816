using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Expressions;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class AbsenceTests
{
    private static readonly VerdictPolicy Lenient = new(.95, InconclusivePolicy.Warn, NotComparablePolicy.Warn);

    public static TheoryData<string> Unmeasured() => [.. UnmeasuredBudgets.Keys];

    [Theory]
    [MemberData(nameof(Unmeasured))]
    public void What_was_never_measured_fails_under_every_policy(string why)
    {
        var plan = Make.Plan(UnmeasuredBudgets[why]) with { Policy = Lenient };

        var judgement = Judge.Decide(plan, Make.Measurement(Make.Round(Make.Requests(1_000, 0))) with { OpenLoop = false });

        judgement.Passed.Should().BeFalse();
        judgement.Verdicts.Single().Verdict.Should().Be(Verdict.NotMeasured);
        judgement.Verdicts.Single().Note.Should().Contain(why);
    }

    [Fact]
    public void A_price_by_name_only_is_no_price()
    {
        var plan = Make.Plan(Make.Less(Make.Usd(MetricFamily.CostPerThousandRequests), 1, "")) with { Price = new Price(null, "aws/us-east-1/g5.xlarge") };

        var verdict = Judge.Decide(plan, Make.Measurement(Make.Round(Make.Requests(1_000, 0)))).Verdicts.Single();

        verdict.Verdict.Should().Be(Verdict.NotMeasured);
        verdict.Note.Should().Contain("price tables are not part of this version").And.Contain("environments.default.price.usdPerHour");
    }

    [Fact]
    public void No_round_is_invalid_and_nothing_is_measured()
    {
        var judgement = Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), 200), Make.Errors(0)), Make.Measurement());

        judgement.Passed.Should().BeFalse();
        judgement.InvalidReasons.Should().ContainSingle().Which.Should().Contain("no request was measured");
        judgement.Verdicts.Should().OnlyContain(v => v.Verdict == Verdict.NotMeasured && !v.Passed);
    }

    [Theory]
    [InlineData(0, Verdict.Broken)]
    [InlineData(100, Verdict.NotMeasured)]
    internal void A_run_of_failures_only_fails_even_when_all_are_tolerated(decimal percent, Verdict errors)
    {
        var judgement = Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), 200), Make.Errors(percent)), Make.Measurement(Make.Round([], failed: 50)));

        judgement.Passed.Should().BeFalse();
        judgement.Verdicts[0].Verdict.Should().Be(Verdict.NotMeasured);
        judgement.Verdicts[0].Note.Should().Be("no request succeeded: all 50 failed");
        judgement.Verdicts[1].Verdict.Should().Be(errors);
        judgement.Verdicts[1].Passed.Should().BeFalse();
    }

    [Fact]
    public void A_plan_without_budgets_does_not_pass() =>
        Judge.Decide(Make.Plan(), Make.Measurement(Make.Round(Make.Requests(1_000, 0)))).Passed.Should().BeFalse();

    [Theory]
    [InlineData(BudgetKind.Baseline, "no stored baseline")]
    [InlineData(BudgetKind.Reference, "no reference was measured")]
    internal void A_relative_budget_has_nothing_to_be_compared_with(BudgetKind kind, string note)
    {
        var plan = Make.Plan(Make.Relative(kind));
        var measurement = Make.Measurement(Make.Round(Make.Requests(1_000, 0)));

        var warned = Judge.Decide(plan, measurement);
        var failed = Judge.Decide(plan with { Policy = new(NotComparable: NotComparablePolicy.Fail) }, measurement);

        warned.Passed.Should().BeTrue();
        warned.Verdicts[0].Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.NotComparable && v.Warned && v.Observed > 9e6);
        warned.Verdicts[0].Note.Should().StartWith(note);
        failed.Passed.Should().BeFalse();
    }

    [Fact]
    public void A_relative_budget_on_an_unmeasured_metric_is_not_measured() =>
        Judge.Decide(Make.Plan(Make.Relative(BudgetKind.Baseline, Make.Percentile(99, MetricFamily.TimeToFirstToken))), Make.Measurement(Make.Round(Make.Requests(100, 0))))
            .Verdicts[0].Verdict.Should().Be(Verdict.NotMeasured);

    private static Dictionary<string, Budget> UnmeasuredBudgets { get; } = new()
    {
        ["call request.MarkToken() when the first"] = Make.Less(Make.Percentile(99, MetricFamily.TimeToFirstToken), 200),
        ["marked two tokens"] = Make.Less(Make.Percentile(50, MetricFamily.TimePerOutputToken), 200),
        ["MarkToken() for each"] = Make.Less(Make.Percentile(99, MetricFamily.InterTokenLatency), 200),
        ["request.Record(\"embed\", duration)"] = Make.Less(Make.Percentile(99, MetricFamily.Recorded, "embed"), 200),
        ["telemetry"] = new Budget(
            new Metric(MetricFamily.Telemetry, "gpu.util", Statistic.Mean, 0, Quantity.Share, HigherIsBetter: true),
            Comparison.Greater,
            new Limit(BudgetKind.Absolute, new Amount(1, "%"), 0, null)),
        ["closed loop has no schedule"] = Make.Less(Make.Percentile(99, MetricFamily.SendLag), 200),
        ["no request reported tokens"] = Make.Greater(Make.Rate(MetricFamily.OutputTokens), 1),
        ["AddTokens(input:"] = Make.Greater(Make.Rate(MetricFamily.InputTokens), 1),
        ["set environments.default.price.usdPerHour"] = Make.Less(Make.Usd(MetricFamily.CostPerThousandRequests), 1, ""),
        ["has no price"] = Make.Less(Make.Usd(MetricFamily.CostPerMillionTokens), 1, ""),
    };
}
