using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>Budgets × measurement → verdicts.</summary>
/// <remarks>
/// Levels are per budget: with several budgets the chance that one of them is judged wrongly is larger than 1 − confidence.
/// The looks at one growing sample do share the level, so that a budget is no likelier to be judged wrongly by looking again.
/// </remarks>
internal static class Judge
{
    /// <summary>The looks the runner declares: the first and at most two more.</summary>
    public const int DefaultLooks = 3;

    /// <summary>Judges what was measured so far.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="measurement">All rounds of all looks so far.</param>
    /// <param name="looks">How often the sample may be looked at in all, declared before the run.</param>
    /// <param name="look">Which look this is, from 1.</param>
    public static Judgement Decide(PerfPlan plan, Measurement measurement, int looks = DefaultLooks, int look = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(look, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(look, looks);
        return Decide(plan, measurement, Level.Whole(plan.Policy.Confidence, looks));
    }

    /// <summary>Judges what was measured so far, at a level of its own.</summary>
    public static Judgement Decide(PerfPlan plan, Measurement measurement, Level level)
    {
        var run = new MeasuredRun(measurement, plan.Load);
        if (plan.Mode == PerfMode.Smoke)
        {
            return Smoke(run);
        }

        plan = UnderItsConditions(plan, measurement);

        // A generator that was late for the reference makes the comparison wrong as well.
        var invalid = ClientBoundRules.Check(plan, new MeasuredRun(measurement, plan.Load, variant: null));
        var (verdicts, idle) = Verdicts(plan, measurement, run, level, valid: invalid.IsEmpty);
        var passed = invalid.IsEmpty && run.Succeeded > 0 && !verdicts.IsEmpty && verdicts.All(v => v.Passed);
        return new Judgement(passed, verdicts, invalid, [.. RunWarnings.Of(run), .. RelativeWarnings.Of(plan, run), .. idle]);
    }

    /// <summary>
    /// Whether measuring the same number of rounds again is worth the time: what looks like a regression has to be
    /// confirmed, or an absolute budget is undecided, none is lost, and the sample of all looks together could decide.
    /// </summary>
    public static bool CouldDecideWithMore(PerfPlan plan, Measurement measurement, Judgement judgement, int looks, int look)
    {
        if (plan.Mode != PerfMode.Gate || look >= looks || !judgement.InvalidReasons.IsEmpty)
        {
            return false;
        }

        if (judgement.Verdicts.Any(v => v.AwaitsConfirmation))
        {
            return true;
        }

        var run = new MeasuredRun(measurement, plan.Load);
        var level = Level.Whole(plan.Policy.Confidence, looks);
        var lost = judgement.Verdicts.Any(v => v.Verdict is Verdict.NotMeasured
            || (v.Verdict == Verdict.Broken && v.Budget.Budget.Kind == BudgetKind.Absolute && !v.Passed));
        var growth = (double)looks / look;
        return !lost && judgement.Verdicts
            .Where(v => v.Verdict == Verdict.Inconclusive && v.Budget.Budget.Kind == BudgetKind.Absolute)
            .Select(v => Find(v.Budget.Budget, run, plan, level))
            .Any(f => (f.NeededCount ?? 0) <= f.Count * growth && (f.NeededRounds ?? 0) <= run.Rounds.Count * growth);
    }

    /// <summary>Budgets that the load is too short to prove, whatever the server does.</summary>
    public static ImmutableArray<UnprovableBudget> UnprovablePercentiles(PerfPlan plan, int looks = DefaultLooks) =>
        UnprovableBudgets.Of(plan, looks);

    /// <summary>Which payloads a run takes, which servers answer it, and how long that takes, is known when it has run.</summary>
    private static PerfPlan UnderItsConditions(PerfPlan plan, Measurement measurement) => plan with
    {
        Confirms = plan.Confirms && (SecondBlock.IsMeasured(plan, measurement) || SecondBlock.HasTime(plan, measurement)),
        Stored = plan.Stored?.Under(
        [
            .. Conditions.Contents("payloads", measurement.Payloads.Select(payload => (payload.Name, payload.Sha256))),
            .. Conditions.Images(measurement.Servers.Where(use => use.Variant == Variant.Candidate && !use.Server.IsUnderTest)
                .Select(use => (use.Server.Name, use.Server.Image, use.Server.Digest))),
        ]),
    };

    private static (ImmutableArray<BudgetVerdict> Verdicts, ImmutableArray<string> IdleWaivers) Verdicts(
        PerfPlan plan, Measurement measurement, MeasuredRun run, Level level, bool valid)
    {
        var reference = new Lazy<ReferenceRule>(() => new ReferenceRule(plan, run, measurement));
        ImmutableArray<BudgetVerdict> verdicts = [.. plan.Budgets.Select(b => VerdictRule.Apply(b, Find(b.Budget), plan.Policy, valid))];
        return valid ? WaiverRule.Apply(plan, verdicts, Find) : (verdicts, []);

        Finding Find(Budget budget) => budget.Kind == BudgetKind.Absolute
            ? Judge.Find(budget, run, plan, level)
            : Relative(budget, run, plan, level, reference);
    }

    private static Finding Find(Budget budget, MeasuredRun run, PerfPlan plan, Level level)
    {
        if (NothingToJudge(run) is { } nothing)
        {
            return budget is { Metric.Family: MetricFamily.Errors, Kind: BudgetKind.Absolute } && run.Requests > 0
                ? AllFailed(ErrorsRule.Judge(budget, run, level), nothing)
                : Finding.NotMeasured(nothing, run.Requests);
        }

        return budget.Metric.Family == MetricFamily.Telemetry
            ? Finding.NotMeasured("telemetry is not part of this version")
            : Absolute(budget, run, plan, level);
    }

    private static Finding Absolute(Budget budget, MeasuredRun run, PerfPlan plan, Level level) =>
        Series.IsDuration(budget.Metric) ? DurationRule.Judge(budget, run, level)
        : budget.Metric.Family == MetricFamily.Errors ? ErrorsRule.Judge(budget, run, level)
        : RateRule.Judge(budget, run, plan, level);

    private static Finding Relative(Budget budget, MeasuredRun run, PerfPlan plan, Level level, Lazy<ReferenceRule> reference)
    {
        var observed = Observe(run);
        return observed.Verdict == Verdict.NotMeasured ? observed
            : budget.Kind == BudgetKind.Reference ? reference.Value.Judge(budget, observed, Observe)
            : StoredRule.Judge(budget, observed, run, plan);

        // What was observed, held against nothing.
        Finding Observe(MeasuredRun of)
        {
            if (budget.Kind == BudgetKind.Baseline && Series.IsDuration(budget.Metric) && NothingToJudge(of) is null)
            {
                return DurationRule.Observe(budget.Metric, of);
            }

            var zero = new Limit(BudgetKind.Absolute, new Expressions.Amount(0, ""), 0, null);
            return Find(budget with { Limit = zero }, of, plan, level);
        }
    }

    private static string? NothingToJudge(MeasuredRun run) =>
        run.Requests == 0 ? "no request was measured"
        : run.Succeeded == 0 ? $"no request succeeded: all {Say.Count(run.Requests)} failed"
        : null;

    /// <summary>A budget that tolerates every failure is not met by a run of nothing else.</summary>
    private static Finding AllFailed(Finding errors, string nothing) => errors.ObservedHolds
        ? Finding.NotMeasured(nothing, errors.Count)
        : errors with { Verdict = Verdict.Broken, NeededCount = null, Note = nothing };

    private static Judgement Smoke(MeasuredRun run)
    {
        const string Note = "smoke mode: only whether the request succeeds is judged, no budget is";
        var problem = run.Measurement.Aborted is { } aborted ? $"the run was cut off: {aborted}"
            : run.Requests == 0 ? "no request was measured"
            : null;
        ImmutableArray<string> invalid = problem is null ? [] : [problem];
        ImmutableArray<string> warnings = run.Failed == 0
            ? [Note]
            : [Note, $"{Say.Count(run.Failed)} of {Say.Count(run.Requests)} requests failed"];
        return new Judgement(problem is null && run.Failed == 0, [], invalid, warnings);
    }
}
