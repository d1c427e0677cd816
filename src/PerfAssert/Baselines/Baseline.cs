using System.Collections.Immutable;

namespace PerfAssert.Baselines;

/// <summary>The stored runs of one test in one environment, oldest first.</summary>
/// <param name="Test">The test's full name.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Runs">At most <see cref="MostRuns"/>.</param>
internal sealed record Baseline(string Test, string Environment, ImmutableArray<BaselineRun> Runs)
{
    /// <summary>Runs that are kept. More see little more: 20 find a change of 3.5 standard deviations of runs, 40 one of 3.3.</summary>
    public const int MostRuns = 20;

    /// <summary>Runs without which nothing is compared.</summary>
    public const int FewestRuns = 5;

    /// <summary>With one more run, in the order of time; the oldest go. A run that is there already is not added, whatever its file is called.</summary>
    public Baseline With(BaselineRun run) => Runs.Any(known => known.At == run.At)
        ? this
        : this with { Runs = [.. Runs.Add(run).OrderBy(known => known.At).TakeLast(MostRuns)] };
}
