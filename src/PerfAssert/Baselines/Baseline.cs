using System.Collections.Immutable;

namespace PerfAssert.Baselines;

/// <summary>The stored runs of one test in one environment, oldest first.</summary>
/// <param name="Test">The test's full name.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Runs">At most <see cref="MostRuns"/> of each of <see cref="MostConditions"/> conditions.</param>
internal sealed record Baseline(string Test, string Environment, ImmutableArray<BaselineRun> Runs)
{
    /// <summary>Runs under equal conditions that are kept. More see little more: 20 find a change of 3.5 standard deviations of runs, 40 one of 3.3.</summary>
    public const int MostRuns = 20;

    /// <summary>
    /// Different conditions of which runs are kept: runs on another kind of machine, or of another runtime, take no place from those they are not compared
    /// with.
    /// </summary>
    public const int MostConditions = 5;

    /// <summary>Runs without which nothing is compared.</summary>
    public const int FewestRuns = 5;

    /// <summary>With one more run, in the order of time; the oldest go. A run that is there already is not added, whatever its file is called.</summary>
    public Baseline With(BaselineRun run) => Runs.Any(known => known.At == run.At)
        ? this
        : this with { Runs = Kept([.. Runs.Add(run).OrderBy(known => known.At)]) };

    private static ImmutableArray<BaselineRun> Kept(ImmutableArray<BaselineRun> runs)
    {
        var alike = new List<List<BaselineRun>>();
        foreach (var run in runs.Reverse())
        {
            if (alike.Find(known => Baselines.Conditions.AreEqual(known[0].Conditions, run.Conditions)) is { } others)
            {
                others.Add(run);
            }
            else
            {
                alike.Add([run]);
            }
        }

        // Each list is the latest run of its conditions first, and so are the lists.
        return [.. alike.Take(MostConditions).SelectMany(known => known.Take(MostRuns)).OrderBy(run => run.At)];
    }
}
