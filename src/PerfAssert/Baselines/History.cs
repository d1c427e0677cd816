using System.Collections.Immutable;
using PerfAssert.Statistics;

namespace PerfAssert.Baselines;

/// <summary>The stored values of one metric over the runs of one kind, cut where they changed for good.</summary>
internal static class History
{
    /// <summary>On the log scale: what is smaller than 2 % matters to nobody, however quiet the runs are.</summary>
    public const double LeastChange = 0.02;

    /// <summary>
    /// The runs since the last change point: those before it were of another program. Only good runs are stored, so a change that is in the
    /// history was let in.
    /// </summary>
    /// <param name="runs">Runs under the same conditions, oldest first, with their values.</param>
    public static ImmutableArray<(BaselineRun Run, double Value)> SinceLastChange(ImmutableArray<(BaselineRun Run, double Value)> runs) =>
        ChangesOf(runs) is [.., var last] ? runs[last..] : runs;

    /// <summary>The index of the first run of each new segment.</summary>
    public static IReadOnlyList<int> ChangesOf(ImmutableArray<(BaselineRun Run, double Value)> runs) =>
        ChangePoints.Of([.. runs.Select(run => run.Value > 0 ? Math.Log(run.Value) : run.Value)], LeastChange);
}
