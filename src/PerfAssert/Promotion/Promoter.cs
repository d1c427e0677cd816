using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
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
        var judged = runs.Select(item => (item.File, Run: item.Run with { Rounds = [] }, Good: Refusal(item.Run) is null ? BaselineRunBuilder.Build(item.Run, item.File) : null)).ToList();
        try
        {
            HashSet<string> known = [.. store.Find(environment, test)?.Runs.Select(run => run.Source) ?? []];
            var good = judged.Select(item => item.Good).OfType<BaselineRun>().ToList();
            var kept = good.Count == 0 ? [] : store.Add(environment, test, good).Baseline.Runs.Select(run => run.Source).ToHashSet();
            return [.. judged.Select(item => new PromotedRun(
                item.File,
                item.Run,
                Added: kept.Contains(item.File) && !known.Contains(item.File),
                Refusal(item.Run) ?? (kept.Contains(item.File) ? null : $"older than the {Baseline.MostRuns} runs that are kept, or a copy of one of them")))];
        }
        catch (BaselineException exception)
        {
            problems.Add(exception.Message);
            return [.. judged.Select(item => new PromotedRun(item.File, item.Run, Added: false, Refusal(item.Run) ?? "its baseline cannot be used"))];
        }
    }

    private static string? Refusal(RunFile run) =>
        run.Mode != RunMode.Gate ? "a smoke run measures nothing"
        : run.Outcome == RunOutcome.Invalid ? "invalid: " + string.Join("; ", run.InvalidReasons)
        : run.Outcome != RunOutcome.Passed && !LacksBaselineAlone(run) ? "it failed: " + string.Join("; ", run.Verdicts.Where(verdict => !verdict.Passed).Select(verdict => verdict.Budget))
        : run.Verdicts.Where(IsWaivedRegression).Select(verdict => verdict.Budget).ToList() is { Count: > 0 } waived
            ? "it regressed, which a waiver lets pass but does not make the measure of later runs: " + string.Join("; ", waived)
        : null;

    // Where the policy fails that, there would never be one.
    private static bool LacksBaselineAlone(RunFile run) =>
        run.Verdicts.Where(verdict => !verdict.Passed).ToList() is { Count: > 0 } failed
        && failed.TrueForAll(verdict => verdict.Verdict == RunVerdictKind.NotComparable && Budget.TryParse(verdict.Budget, out var budget, out _) && budget.Kind == BudgetKind.Baseline);

    private static bool IsWaivedRegression(RunVerdict verdict) =>
        verdict is { Verdict: RunVerdictKind.Broken, Passed: true } && Budget.TryParse(verdict.Budget, out var budget, out _) && budget.Kind != BudgetKind.Absolute;
}
