using System.Collections.Immutable;
using HdrHistogram;

namespace PerfAssert.Measurements;

/// <summary>
/// A few recorders for any number of threads. A finishing request takes the first free one by compare-and-swap, starting at its own
/// core's: it never waits for another thread, and memory does not grow with requests, users or threads.
/// </summary>
internal sealed class LaneSet
{
    private readonly Lane[] lanes;

    public LaneSet(int cores)
    {
        // Twice the cores: a thread that is descheduled while it records keeps only its own lane busy.
        lanes = new Lane[2 * cores];
        for (var i = 0; i < lanes.Length; i++)
        {
            lanes[i] = new Lane();
        }
    }

    public IReadOnlyList<Lane> Lanes => lanes;

    public Lane Enter()
    {
        var spin = default(SpinWait);
        for (var i = (uint)Thread.GetCurrentProcessorId(); ; i++)
        {
            var lane = lanes[i % lanes.Length];
            if (Volatile.Read(ref lane.Held) == 0 && Interlocked.CompareExchange(ref lane.Held, 1, 0) == 0)
            {
                return lane;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    public static void Exit(Lane lane) => Volatile.Write(ref lane.Held, 0);

    /// <summary>Copies what was recorded so far while others go on recording: one lane is held at a time, and they take another.</summary>
    public void CopyTo(LaneSet target)
    {
        target.Reset();
        foreach (var lane in lanes)
        {
            var spin = default(SpinWait);
            while (Interlocked.CompareExchange(ref lane.Held, 1, 0) != 0)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            try
            {
                target.lanes[0].Add(lane);
            }
            finally
            {
                Exit(lane);
            }
        }
    }

    public void Reset() => Array.ForEach(lanes, lane => lane.Reset());

    public HistogramBase Merge(Func<Lane, HistogramBase> part) => Histograms.Compact(lanes.Select(part));

    public long Sum(Func<Lane, long> part) => lanes.Sum(part);

    public ImmutableSortedDictionary<string, HistogramBase> MergeSeries() => lanes
        .SelectMany(lane => lane.Series)
        .GroupBy(series => series.Key, series => series.Value, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(group => group.Key, Histograms.Compact, StringComparer.Ordinal);

    public ImmutableArray<long> MergeCompletions()
    {
        var total = new long[lanes.Max(lane => lane.Completions.Length)];
        foreach (var lane in lanes)
        {
            for (var i = 0; i < lane.Completions.Length; i++)
            {
                total[i] += lane.Completions[i];
            }
        }

        var used = Array.FindLastIndex(total, count => count > 0) + 1;
        return [.. total.AsSpan(0, used)];
    }
}
