using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Tests.Baselines;
using Xunit;

namespace PerfAssert.Tests.Judging;

/// <summary>
/// All the ways in which "could not tell" is called green elsewhere. Here none is met, none passes without a warning, and none passes where
/// the policy fails what is not known.
/// </summary>
public sealed class NeverGreenTests
{
    private static readonly VerdictPolicy Strict = new(.95, InconclusivePolicy.Fail, NotComparablePolicy.Fail);
    private static readonly double[] Usual = [98e6, 101e6, 103e6, 99e6, 100e6, 97e6, 102e6, 100e6, 101e6, 99e6];

    public static TheoryData<string> OfTwoVersions() => [.. Duet.Keys];

    public static TheoryData<string> OfStoredRuns() => [.. Against.Keys];

    [Theory]
    [MemberData(nameof(OfTwoVersions))]
    public void Of_two_versions(string why) => NeverGreen(Duet[why].Plan, Duet[why].Measurement, why);

    [Theory]
    [MemberData(nameof(OfStoredRuns))]
    public void Of_stored_runs(string why) => NeverGreen(Against[why].Plan, Against[why].Measurement, why);

    [Fact]
    public void What_can_be_told_is_green()
    {
        Judge.Decide(Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(24, 1)).Verdicts[0].Verdict.Should().Be(Verdict.Met);
        Judge.Decide(StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", Usual)), Make.Measurement(At(100))).Verdicts[0].Verdict.Should().Be(Verdict.Met);
    }

    [Theory]
    [InlineData(1.0, nameof(Verdict.Met))]
    [InlineData(1.5, nameof(Verdict.Broken))]
    public void A_metric_that_never_varies_is_seen_when_it_jumps(double ratio, string verdict)
    {
        var pairs = Make.Measurement([.. Enumerable.Range(0, 24).SelectMany(_ => new[] { Constant(Variant.Candidate, 10 * ratio), Constant(Variant.Reference, 10) })]);
        var value = At(100).Latency.GetValueAtPercentile(50);
        var stored = StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", [.. Enumerable.Repeat((double)value, 10)]));

        Judge.Decide(Duets.Plan("p50 < reference + 10 %"), pairs).Verdicts[0].Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
        Judge.Decide(stored, Make.Measurement(At(100 * ratio), At(100 * ratio))).Verdicts[0].Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
    }

    private static Dictionary<string, (PerfPlan Plan, Measurement Measurement)> Duet { get; } = new()
    {
        ["no round of anything"] = (Duets.Plan("p50 < reference + 10 %"), Make.Measurement()),
        ["no reference"] = (Duets.Plan("p50 < reference + 10 %"), Make.Measurement([.. Enumerable.Range(0, 8).Select(_ => Duets.Round(Variant.Candidate, 10))])),
        ["no candidate"] = (Duets.Plan("p50 < reference + 10 %"), Make.Measurement([.. Enumerable.Range(0, 8).Select(_ => Duets.Round(Variant.Reference, 10))])),
        ["all requests of the candidate failed"] = (Duets.Plan("p50 < reference + 10 %", "errors <= 100 %"), Duets.Measurement(24, 1, candidate: _ => Nothing(Variant.Candidate))),
        ["all requests of the reference failed"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(24, 1, reference: _ => Nothing(Variant.Reference))),
        ["the method never asked for the version"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(24, 1, r => r with { VariantRead = false }, r => r with { VariantRead = false })),
        ["the metric was never recorded"] = (Duets.Plan("ttft.p50 < reference + 10 %"), Duets.Measurement(24, 1)),
        ["only the candidate has the metric"] = (Duets.Plan("ttft.p50 < reference + 10 %"), Duets.Measurement(24, 1, candidate: WithFirstTokens)),
        ["only the reference has the metric"] = (Duets.Plan("ttft.p50 < reference + 10 %"), Duets.Measurement(24, 1, reference: WithFirstTokens)),
        ["the reference has no token"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(24, 1, candidate: r => r with { OutputTokens = 6_000 })),
        ["other output length"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(24, 1, r => r with { OutputTokens = 6_000 }, r => r with { OutputTokens = 7_000 })),
        ["other input length"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(24, 1, r => r with { InputTokens = 6_000 }, r => r with { InputTokens = 7_000 })),
        ["other success rate"] = (Duets.Plan("p50 < reference + 10 %", "errors <= 100 %"), Duets.Measurement(24, 1, Duets.Failing(60))),
        ["no rate in the reference"] = (Duets.Plan("output tokens/s > reference - 10 %"), Duets.Measurement(24, 1)),
        ["one round"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(1, 1)),
        ["too few rounds"] = (WithRounds(Duets.Plan("p50 < reference + 10 %"), 4), Duets.Measurement(4, 1)),
        ["rounds too short for the percentile"] = (Duets.Plan("p99.9 < reference + 10 %"), Duets.Measurement(24, 1)),
        ["both versions timed out"] = (Duets.Plan("p95 < reference + 10 %", "errors <= 100 %"), Duets.Measurement(24, 1, TimingOut, TimingOut)),
        ["both versions hung before the first token"] = (Duets.Plan("ttft.p95 < reference + 10 %", "errors <= 100 %"), Duets.Measurement(24, 1, Hanging, Hanging)),
        ["a suspected regression that was not measured again"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(8, 1.5)),
        ["a difference that drifts"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Of(Enumerable.Range(0, 24).Select(i => .9 + (i * .007)))),
        ["noise as large as the limit"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Of(Enumerable.Range(0, 24).Select(i => i % 8 is 0 or 3 or 4 or 6 ? 1.3 : .8))),
        ["nothing is tolerated, and nothing differs by more than noise"] = (Duets.Plan("p50 < reference"), Duets.Measurement(24, 1)),
        ["a run that was cut off"] = (Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(24, 1) with { Aborted = "cancelled" }),
    };

    private static Dictionary<string, (PerfPlan Plan, Measurement Measurement)> Against { get; } = new()
    {
        ["no baseline"] = (StoredPlan("p50 < baseline + 10 %", null), Make.Measurement(At(100))),
        ["an empty baseline"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of()), Make.Measurement(At(100))),
        ["four stored runs"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", Usual[..4])), Make.Measurement(At(100))),
        ["another machine"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of([.. Stored.Of("p50", Usual).Runs.Select(run => run with { Conditions = run.Conditions.SetItem("cpu", "another") })])), Make.Measurement(At(100))),
        ["a condition that only one side knows"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of([.. Stored.Of("p50", Usual).Runs.Select(run => run with { Conditions = run.Conditions.Remove("cpu") })])), Make.Measurement(At(100))),
        ["a metric that the stored runs do not have"] = (StoredPlan("p97 < baseline + 10 %", Stored.Of("p50", Usual)), Make.Measurement(At(100))),
        ["a metric that this run does not have"] = (StoredPlan("ttft.p50 < baseline + 10 %", Stored.Of("ttft.p50", Usual)), Make.Measurement(At(100))),
        ["stored values of zero"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", new double[10])), Make.Measurement(At(100))),
        ["stored rates of zero"] = (StoredPlan("rps > baseline - 10 %", Stored.Of("rps", new double[10])), Make.Measurement(At(100))),
        ["one stored value of zero"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", [.. Usual, 0])), Make.Measurement(At(100))),
        ["stored values that are no numbers"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", [.. Usual, double.NaN])), Make.Measurement(At(100))),
        ["stored values without end"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", [.. Enumerable.Repeat(double.PositiveInfinity, 10)])), Make.Measurement(At(100))),
        ["negative stored values"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", [.. Usual.Select(value => -value)])), Make.Measurement(At(100))),
        ["all requests failed"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", Usual)), Make.Measurement(Nothing(Variant.Candidate))),
        ["no round"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", Usual)), Make.Measurement()),
        ["another success rate"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", Usual)), Make.Measurement(Make.Round(Make.Requests(900, 0, 100), failed: 100))),
        ["longer answers"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of([.. Stored.Of("p50", Usual).Runs.Select(run => run with { OutputTokens = 100_000 })])), Make.Measurement(At(100) with { OutputTokens = 120_000 })),
        ["timed out, as ever"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of([.. Stored.Of("p50", [.. Enumerable.Repeat(30e9, 10)]).Runs.Select(run => run with { Failed = 600 })])), Make.Measurement(Make.Round(Make.Requests(400, 0), timedOut: 600))),
        ["runs that differ by more than the limit"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", 80e6, 120e6, 95e6, 110e6, 100e6, 85e6, 115e6, 90e6, 105e6, 100e6)), Make.Measurement(At(100))),
        ["a suspected regression that was not measured again"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", Usual)), Make.Measurement(At(150))),
        ["a run that was cut off"] = (StoredPlan("p50 < baseline + 10 %", Stored.Of("p50", Usual)), Make.Measurement(At(100)) with { Aborted = "cancelled" }),
    };

    private static void NeverGreen(PerfPlan plan, Measurement measurement, string why)
    {
        var usual = Judge.Decide(plan, measurement);
        var strict = Judge.Decide(plan with { Policy = Strict }, measurement);

        usual.Verdicts[0].Verdict.Should().NotBe(Verdict.Met, why);
        (usual.Verdicts[0].Passed && !usual.Verdicts[0].Warned).Should().BeFalse(why);
        (usual.Verdicts[0].Note ?? usual.InvalidReasons.FirstOrDefault() ?? usual.Verdicts[0].Change?.ToString()).Should().NotBeNullOrEmpty(why);
        strict.Verdicts[0].Passed.Should().BeFalse(why);
        strict.Passed.Should().BeFalse(why);
    }

    private static PerfPlan StoredPlan(string budget, Baseline? baseline) =>
        Make.Plan(Budget.Parse(budget)) with { Stored = new StoredRuns(baseline, Stored.Conditions) };

    private static PerfPlan WithRounds(PerfPlan plan, int rounds) => plan with { Load = plan.Load with { Rounds = rounds } };

    private static Round At(double milliseconds) => Make.Round(Make.Requests(1_000, 0, milliseconds));

    private static Round Constant(Variant variant, double milliseconds) => At(milliseconds) with { Variant = variant, VariantRead = true };

    private static Round Nothing(Variant variant) => Make.Round([], failed: 600) with { Variant = variant, VariantRead = true };

    private static Round TimingOut(Round round) => round with { TimedOut = 60, Failed = 60 };

    private static Round Hanging(Round round) => WithFirstTokens(TimingOut(round)) with { TimedOutWithoutToken = 60 };

    private static Round WithFirstTokens(Round round) =>
        round with { Series = round.Series.Add("ttft", Make.Histogram([.. Enumerable.Repeat(5.0, 600)])) };
}
