using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Runs;

namespace PerfAssert.Promotion;

/// <summary>Makes runs part of their tests' baselines. Only green, valid runs of a gate: a regressed run never becomes the baseline by itself.</summary>
internal static class Promoter
{
    /// <summary>Promotes runs.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="runs">The runs and the names of their files, in any order.</param>
    /// <exception cref="BaselineException">A baseline is damaged, or cannot be written. Runs of other tests may be promoted already.</exception>
    public static PromotionResult Promote(BaselineStore store, IReadOnlyCollection<(string File, RunFile Run)> runs)
    {
        var done = runs
            .GroupBy(item => (item.Run.Plan.Environment, item.Run.TestName))
            .SelectMany(test => Promote(store, test.Key.Environment, test.Key.TestName, test))
            .OrderBy(item => item.Run.StartedAt)
            .ToImmutableArray();
        var tests = runs.Select(item => (item.Run.Plan.Environment, item.Run.TestName)).ToHashSet();
        var gone = tests.Select(test => test.Environment).Distinct().Order(StringComparer.Ordinal)
            .SelectMany(environment => store.All(environment))
            .Where(baseline => !tests.Contains((baseline.Environment, baseline.Test)));
        return new PromotionResult(done, [.. gone]);
    }

    private static List<PromotedRun> Promote(
        BaselineStore store, string environment, string test, IEnumerable<(string File, RunFile Run)> runs)
    {
        var judged = runs.Select(item => (item.File, item.Run, Refused: Refusal(item.Run))).ToList();
        var good = judged.Where(item => item.Refused is null).Select(item => BaselineRunBuilder.Build(item.Run, item.File)).ToList();
        HashSet<string> known = [.. store.Find(environment, test)?.Runs.Select(run => run.Source) ?? []];
        var kept = good.Count == 0 ? [] : store.Add(environment, test, good).Baseline.Runs.Select(run => run.Source).ToHashSet();
        return [.. judged.Select(item => new PromotedRun(
            item.File,
            item.Run,
            Added: kept.Contains(item.File) && !known.Contains(item.File),
            item.Refused ?? (kept.Contains(item.File) ? null : $"older than the {Baseline.MostRuns} runs that are kept")))];
    }

    private static string? Refusal(RunFile run) =>
        run.Mode != RunMode.Gate ? "a smoke run measures nothing"
        : run.Outcome == RunOutcome.Invalid ? "invalid: " + string.Join("; ", run.InvalidReasons)
        : run.Outcome != RunOutcome.Passed ? "it failed: " + string.Join("; ", run.Verdicts.Where(verdict => !verdict.Passed).Select(verdict => verdict.Budget))
        : null;
}
