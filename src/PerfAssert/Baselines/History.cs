using System.Collections.Immutable;
using PerfAssert.Statistics;

namespace PerfAssert.Baselines;

/// <summary>The stored values of one metric over the runs of one kind, cut where they changed for good.</summary>
internal static class History
{
    /// <summary>On the log scale: what is smaller than 2 % matters to nobody, however quiet the runs are.</summary>
    public const double LeastChange = 0.02;

    /// <summary>Of a share, which may be zero and has no such scale: a tenth of a percentage point.</summary>
    private const double LeastShareChange = 0.001;

    /// <summary>
    /// The runs since the last change point: those before it were of another program. Only good runs are stored, so a change that is in the
    /// history was let in.
    /// </summary>
    /// <param name="runs">Runs under the same conditions, oldest first, with their values.</param>
    /// <param name="areShares">Whether the values are shares: those of errors.</param>
    public static ImmutableArray<(BaselineRun Run, double Value)> SinceLastChange(ImmutableArray<(BaselineRun Run, double Value)> runs, bool areShares) =>
        ChangesOf(runs, areShares) is [.., var last] ? runs[last..] : runs;

    /// <summary>The index of the first run of each new segment.</summary>
    public static IReadOnlyList<int> ChangesOf(ImmutableArray<(BaselineRun Run, double Value)> runs, bool areShares) => areShares
        ? ChangePoints.Of([.. runs.Select(run => run.Value)], LeastShareChange)
        : ChangePoints.Of([.. runs.Select(run => Math.Log(run.Value))], LeastChange);
}
