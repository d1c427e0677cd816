using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Runs;

namespace PerfAssert.Promotion;

/// <summary>
/// Makes runs part of their tests' baselines. Only green, valid runs of a gate, and those that are red for nothing but the lack of a baseline: a regressed
/// run never becomes the baseline by itself.
/// </summary>
internal static class Promoter
{
    /// <summary>Promotes runs.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="tests">The runs of one test in one environment each, and the names of their files.</param>
    public static PromotionResult Promote(BaselineStore store, IEnumerable<ImmutableArray<(string File, RunFile Run)>> tests)
    {
        var (done, problems) = (new List<PromotedRun>(), new List<string>());
        foreach (var test in tests)
        {
            var known = test[0].Run;
            done.AddRange(Promote(store, known.Plan.Environment, known.TestName, test, problems));
        }

        var here = done.Select(item => (item.Run.Plan.Environment, item.Run.TestName)).ToHashSet();
        var gone = here.Select(test => test.Environment).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(environment => store.All(environment, problems))
            .Where(baseline => !here.Contains((baseline.Environment, baseline.Test)));
        return new PromotionResult([.. done.OrderBy(item => item.Run.StartedAt)], [.. gone], [.. problems.Distinct()]);
    }

    private static IEnumerable<PromotedRun> Promote(
        BaselineStore store, string environment, string test, ImmutableArray<(string File, RunFile Run)> runs, List<string> problems)
    {
        try
        {
            var before = store.Find(environment, test);
            HashSet<DateTimeOffset> known = [.. before?.Runs.Select(run => run.At) ?? []];

            // One that is stored is judged as when it was taken: what it lacked then, it may be part of now.
            var judged = runs.Select(item => (item.File, item.Run, Refused: Refusal(item.Run, known.Contains(item.Run.StartedAt) ? null : before))).ToList();
            var good = judged.Where(item => item.Refused is null).Select(item => BaselineRunBuilder.Build(item.Run, item.File)).ToList();
            var kept = good.Count == 0 ? [] : store.Add(environment, test, good).Baseline.Runs.Select(run => run.At).ToHashSet();
            return [.. judged.Select(item => new PromotedRun(
                item.File,
                item.Run with { Rounds = [] },
                Added: item.Refused is null && kept.Contains(item.Run.StartedAt) && !known.Contains(item.Run.StartedAt),
                item.Refused ?? (kept.Contains(item.Run.StartedAt) ? null : $"older than the {Baseline.MostRuns} runs of its conditions that are kept")))];
        }
        catch (BaselineException exception)
        {
            problems.Add(exception.Message);
            return [.. runs.Select(item => new PromotedRun(item.File, item.Run with { Rounds = [] }, Added: false, Refusal(item.Run, null) ?? "its baseline cannot be used"))];
        }
    }

    private static string? Refusal(RunFile run, Baseline? baseline) =>
        run.Mode != RunMode.Gate ? "a smoke run measures nothing"
        : run.Outcome == RunOutcome.Invalid ? "invalid: " + string.Join("; ", run.InvalidReasons)
        : run.Outcome != RunOutcome.Passed && !LacksBaselineAlone(run, baseline) ? "it failed: " + string.Join("; ", run.Verdicts.Where(verdict => !verdict.Passed).Select(verdict => verdict.Budget))
        : run.Verdicts.Where(IsWaivedRegression).Select(verdict => verdict.Budget).ToList() is { Count: > 0 } waived
            ? "it regressed, which a waiver lets pass but does not make the measure of later runs: " + string.Join("; ", waived)
        : OtherWork(run, baseline) is { } work ? $"{work}; to accept it, `perfgate baseline drop` the test and promote new runs"
        : null;

    // Not comparable, which may pass: among the stored runs it would be taken for noise, and after some more of its kind for the usual.
    private static string? OtherWork(RunFile run, Baseline? baseline)
    {
        var comparable = new StoredRuns(baseline, RunConditions.Of(run)).Comparable;
        if (comparable.Length < Baseline.FewestRuns)
        {
            return null;
        }

        var rounds = run.Rounds.Where(round => round.Variant == Variant.Candidate).ToList();
        var work = Workload.Of(
            "this run",
            rounds.Sum(round => round.Succeeded + round.Failed),
            rounds.Sum(round => round.Succeeded),
            rounds.Sum(round => round.OutputTokens),
            rounds.Sum(round => round.InputTokens));
        return RunConditions.BudgetsOf(run).Where(budget => budget.Kind == BudgetKind.Baseline)
            .Select(budget => work.Problem(StoredRule.Usual(comparable), budget, run.Plan.Policy.ToPolicy())).FirstOrDefault(problem => problem is not null);
    }

    // Where the policy fails that, there would never be one. What is not comparable because its work changed has a baseline, and is no good run.
    private static bool LacksBaselineAlone(RunFile run, Baseline? baseline)
    {
        var comparable = new StoredRuns(baseline, RunConditions.Of(run)).Comparable;
        var goodput = RunConditions.GoodputOf(run);
        return run.Verdicts.Where(verdict => !verdict.Passed).ToList() is { Count: > 0 } failed
            && failed.TrueForAll(verdict => verdict.Verdict == RunVerdictKind.NotComparable
                && Budget.TryParse(verdict.Budget, out var budget, out _) && budget.Kind == BudgetKind.Baseline && Lacks(budget.Metric));

        bool Lacks(Metric metric) => comparable.Count(known =>
            (metric.Family != MetricFamily.Goodput || known.GoodputLimits == goodput)
            && StoredRule.Value(known, metric, run.Plan.Price?.UsdPerHour) is not null) < Baseline.FewestRuns;
    }

    private static bool IsWaivedRegression(RunVerdict verdict) =>
        verdict is { Verdict: RunVerdictKind.Broken, Passed: true } && Budget.TryParse(verdict.Budget, out var budget, out _) && budget.Kind != BudgetKind.Absolute;
}
