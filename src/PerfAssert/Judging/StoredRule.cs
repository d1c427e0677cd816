using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Cost;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>
/// Budgets against stored runs. Broken takes three keys: the change is beyond what is allowed, runs do not differ so much by themselves, and
/// a second block of rounds, measured afresh, says both again. Met takes a proof as well: the bound of the change is within what is allowed.
/// </summary>
internal static class StoredRule
{
    private const double Power = 0.8;
    private const int MostRuns = 20;

    /// <summary>Judges one budget.</summary>
    /// <param name="budget">A baseline budget.</param>
    /// <param name="observed">What was observed, held against nothing.</param>
    /// <param name="run">The run.</param>
    /// <param name="plan">Its plan, with the stored runs under the conditions of this one.</param>
    public static Finding Judge(Budget budget, Finding observed, MeasuredRun run, PerfPlan plan)
    {
        var basis = observed with { Verdict = Verdict.NotComparable, ObservedHolds = false, NeededCount = null, NeededRounds = null, Note = null };
        if (plan.Stored?.Baseline is null)
        {
            return basis with { Note = $"no stored baseline of environment {plan.EnvironmentName} to compare with: promote 5 good runs with `perfgate baseline promote`" };
        }

        if ((plan.Stored.Problem() ?? Workload.Of("this run", run.Rounds).Problem(Usual(plan.Stored.Comparable), budget, plan.Policy)) is { } problem)
        {
            return basis with { Note = problem };
        }

        var alike = budget.Metric.Family == MetricFamily.Goodput ? WithGoodput(plan.Stored.Comparable, plan) : plan.Stored.Comparable;
        if (alike.Length < Baseline.FewestRuns)
        {
            return basis with { Note = OtherGoodput(plan.Stored.Comparable, plan) };
        }

        var stored = alike
            .Select(known => (Run: known, Value: Value(known, budget.Metric, plan.Price?.UsdPerHour)))
            .Where(known => known.Value is not null)
            .Select(known => (known.Run, Value: known.Value!.Value)).ToImmutableArray();
        if (stored.Length < Baseline.FewestRuns)
        {
            return basis with
            {
                Note = $"{stored.Length} of {alike.Length} stored runs have a value of {budget.Metric.Name}, and {Baseline.FewestRuns} are needed: " +
                    "promote runs that were made with this budget",
            };
        }

        if (stored.Any(known => !IsMeasurement(budget.Metric, known.Value)))
        {
            var wrong = stored.First(known => !IsMeasurement(budget.Metric, known.Value));
            return basis with { Note = $"the stored run of {wrong.Run.Source} has a {budget.Metric.Name} of {Say.Figure(wrong.Value)}, which is no measurement: `perfgate baseline drop` the test and promote good runs" };
        }

        var blocks = Blocks(budget.Metric, run, plan)
            .Select(rounds => (Rounds: rounds, Value: RoundValue.OfRun(budget.Metric, rounds, run.Load, plan.Price?.UsdPerHour)))
            .ToList();
        if (blocks.Any(block => block.Value is null))
        {
            return basis with { Note = $"no round of this run has a value of {budget.Metric.Name}" };
        }

        var finding = Decide(budget, basis, stored, [.. blocks.Select(block => (block.Rounds, block.Value!.Value))], plan);
        if (finding.Verdict == Verdict.Broken && run.Rounds.Count < plan.Load.Rounds)
        {
            // The median of fewer rounds varies more than those that were stored.
            return finding with
            {
                Verdict = Verdict.Inconclusive,
                Note = $"a regression is suspected, and {run.Rounds.Count} of {plan.Load.Rounds} rounds were measured, fewer than of the stored runs: raise MaxDuration",
            };
        }

        return finding.Verdict == Verdict.Met && run.Rounds.Any(round => RoundValue.IsCensored(budget.Metric, round))
            ? finding with { Verdict = Verdict.Inconclusive, Note = $"so many requests timed out that {budget.Metric.Name} lies among them: nobody knows how long they would have taken" }
            : finding;
    }

    /// <summary>Decides by values alone.</summary>
    /// <param name="budget">A baseline budget.</param>
    /// <param name="basis">What was observed.</param>
    /// <param name="stored">The stored runs under the same conditions, oldest first, with their values; enough of them.</param>
    /// <param name="blocks">The planned rounds with their value, and the block that confirms them if it was measured.</param>
    /// <param name="plan">The plan.</param>
    public static Finding Decide(
        Budget budget,
        Finding basis,
        ImmutableArray<(BaselineRun Run, double Value)> stored,
        ImmutableArray<(ImmutableArray<Round> Rounds, double Value)> blocks,
        PerfPlan plan)
    {
        // A segment is never shorter than what a baseline needs.
        var evidence = StoredEvidence.Of(budget, History.SinceLastChange(stored, budget.Metric.Family == MetricFamily.Errors));
        var levels = StoredLevels.Of(plan.Policy.Confidence);
        var (first, p) = evidence.Compare(blocks[0].Value, blocks[0].Rounds);
        var suspected = p <= levels.Suspect && evidence.Allowance.IsBeyond(first.Estimate);
        (RunShift Shift, double PValue)? second = blocks.Length > 1 ? evidence.Compare(blocks[1].Value, blocks[1].Rounds) : null;
        var broken = suspected && (second is { } fresh ? fresh.PValue <= levels.Confirm && evidence.Allowance.IsBeyond(fresh.Shift.Estimate) : !plan.Confirms);

        ImmutableArray<Round> all = [.. blocks.SelectMany(block => block.Rounds)];
        var value = budget.Metric.Family == MetricFamily.Errors
            ? RoundValue.OfRun(budget.Metric, all, plan.Load, plan.Price?.UsdPerHour)!.Value
            : BaselineRun.Median([.. blocks.Select(block => block.Value)])!.Value;
        var shift = evidence.Compare(value, all).Shift;
        var undetectable = "";
        var detectable = evidence.Detectable(shift, blocks[0].Rounds, plan.Confirms, levels.Suspect, Power);
        var upper = evidence.Bounds(shift, all, levels.Pass).Upper;
        var below = evidence.IsExactly(value) || !evidence.Allowance.IsBeyond(upper);
        var within = below && (evidence.IsExactly(value) || Proof.IsPrecise(shift.Estimate, upper, evidence.Allowance.Allowed));
        var improved = within && upper < 0 && shift.Estimate <= -Math.Abs(evidence.Allowance.Allowed);
        var finding = basis with
        {
            Observed = value,
            Lower = null,
            Upper = null,
            Change = evidence.ToChange(shift, evidence.Bounds(shift, all, 1 - plan.Policy.Confidence), p, second?.PValue, improved, detectable, plan.Policy.Confidence, value),
        };
        if (plan.Stored!.NoiseOf(budget.Metric.Name) is { } noise && evidence.Allowance.Neutral == 0 && Math.Abs(finding.Change!.Allowed) < noise.SmallestLimit)
        {
            undetectable = $"; undetectable here: one run shows {Say.Percent(noise.SmallestLimit)} at best (`perfgate calibrate`)";
        }

        var decided = suspected && second is null && !broken
                ? finding with { Verdict = Verdict.Inconclusive, AwaitsConfirmation = true, Note = "a regression is suspected, and was not measured a second time to confirm it" }
            : broken ? finding with { Verdict = Verdict.Broken, Note = Against(evidence, shift) }
            : within ? finding with { Verdict = Verdict.Met, Note = improved ? "improved: " + Against(evidence, shift) : Against(evidence, shift) }
            : finding with
            {
                Verdict = Verdict.Inconclusive,
                Note = (suspected ? "a regression was suspected, and the second block did not confirm it: " : below ? Proof.TooNoisy + ": " : "") + Undecided(evidence, shift, all, detectable, levels),
            };
        return decided with { Note = decided.Note + undetectable };
    }

    /// <summary>The runs whose good requests met the limits of this one: under others, unchanged code has another goodput.</summary>
    private static ImmutableArray<BaselineRun> WithGoodput(ImmutableArray<BaselineRun> runs, PerfPlan plan)
    {
        var limits = Goodput.TextOf(plan.GoodputRule);
        return [.. runs.Where(run => run.GoodputLimits == limits)];
    }

    private static string OtherGoodput(ImmutableArray<BaselineRun> runs, PerfPlan plan)
    {
        var here = Goodput.TextOf(plan.GoodputRule);
        var others = runs.Where(run => run.GoodputLimits != here).ToList();
        return $"good requests met other limits in {others.Count} of {runs.Length} stored runs: {others[^1].GoodputLimits ?? "not recorded"} in the last of them, " +
            $"{here} here; promote {Baseline.FewestRuns} runs that were made with these budgets";
    }

    /// <summary>What the requests of stored runs are like.</summary>
    public static Workload Usual(ImmutableArray<BaselineRun> stored)
    {
        var all = stored.Select(run => Workload.Of("", run.Requests, run.Succeeded, run.OutputTokens, run.InputTokens)).ToList();
        return new("stored runs", Median(work => work.SuccessShare), Median(work => work.OutputTokens), Median(work => work.InputTokens));

        double Median(Func<Workload, double> value) => BaselineRun.Median([.. all.Select(value)]) ?? 0;
    }

    /// <summary>
    /// The planned rounds, and the block that confirms them if it was measured. What other budgets asked for beyond is not looked at, but for failures:
    /// a run in which something failed is none without a failure.
    /// </summary>
    private static IEnumerable<ImmutableArray<Round>> Blocks(Metric metric, MeasuredRun run, PerfPlan plan)
    {
        var size = Math.Max(1, plan.Load.Rounds);
        yield return [.. run.Rounds.Take(size)];
        if (run.Rounds.Count >= 2 * size)
        {
            yield return [.. run.Rounds.Skip(size).Take(metric.Family == MetricFamily.Errors ? run.Rounds.Count : size)];
        }
    }

    private static bool IsMeasurement(Metric metric, double value) =>
        double.IsFinite(value) && (metric.Family == MetricFamily.Errors ? value >= 0 : value > 0);

    private static string Against(StoredEvidence evidence, RunShift shift) =>
        $"{evidence.Say(shift.Estimate)} against {evidence.Runs} stored runs; {evidence.Say(evidence.Allowance.Allowed)} is allowed";

    private static string Undecided(StoredEvidence evidence, RunShift shift, ImmutableArray<Round> rounds, double detectable, StoredLevels levels)
    {
        var beyond = evidence.Allowance.IsBeyond(shift.Estimate);
        var needed = Enumerable.Range(2, MostRuns - 1).FirstOrDefault(runs => beyond
            ? evidence.IsSeen(shift, rounds, levels.Suspect, runs)
            : evidence.Bounds(shift, rounds, levels.Pass, runs).Upper is var upper && !evidence.Allowance.IsBeyond(upper) && Proof.IsPrecise(shift.Estimate, upper, evidence.Allowance.Allowed));
        var more = needed > 0
            ? $"{needed} runs of this version would decide it (`perfgate compare`)"
            : $"more runs alone hardly decide it: {(evidence.Runs < MostRuns ? "promote more baseline runs, or " : "")}allow more, or make runs more alike";
        return $"{Against(evidence, shift)}, and stored runs differ by {evidence.Say(shift.Deviation)} among themselves: " +
            $"a change below {evidence.Say(detectable)} is not seen by one run; {more}";
    }

    /// <summary>
    /// A stored run's value of a metric; <see langword="null"/>: it has none. What a request costs follows from its rate and today's price, so
    /// that a price change is no regression.
    /// </summary>
    public static double? Value(BaselineRun run, Metric metric, double? usdPerHour) => metric.Family switch
    {
        MetricFamily.CostPerThousandRequests => usdPerHour is { } price && run.Value("rps") is { } rate ? CostModel.UsdPerThousandRequests(price, rate) : null,
        MetricFamily.CostPerMillionTokens => usdPerHour is { } price && run.Value("output tokens/s") is { } rate ? CostModel.UsdPerMillionTokens(price, rate) : null,
        _ => run.Value(metric.Name),
    };
}
