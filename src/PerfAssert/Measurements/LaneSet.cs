using System.Collections.Immutable;
using HdrHistogram;

namespace PerfAssert.Measurements;

/// <summary>
/// A few recorders for any number of threads. A finishing request takes the first free one by compare-and-swap, starting at its own
/// core's: it never waits for another thread, and memory does not grow with requests, users or threads.
/// </summary>
internal sealed class LaneSet
{
    // Each takes about 2 MB. With this many, two requests that end at the same moment on any number of cores seldom meet.
    private const int MostLanes = 8;

    private readonly Lane[] lanes;

    public LaneSet(int cores)
    {
        // Twice the cores: a thread that is descheduled while it records keeps only its own lane busy.
        lanes = new Lane[Math.Min(2 * cores, MostLanes)];
        for (var i = 0; i < lanes.Length; i++)
        {
            lanes[i] = new Lane();
        }
    }

    public IReadOnlyList<Lane> Lanes => lanes;

    /// <summary>The names of the series that tests record of their own.</summary>
    public SeriesNames Names { get; } = new();

    /// <summary>Length of the slices that completions are counted in.</summary>
    public TimeSpan SliceLength => TimeSpan.FromTicks(LongestSlice / 100);

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

    private long LongestSlice => lanes.Max(lane => lane.Slice);

    public void Reset() => Array.ForEach(lanes, lane => lane.Reset());

    public HistogramBase Merge(Func<Lane, HistogramBase> part) => Histograms.Compact(lanes.Select(part));

    public HistogramBase Merge(Func<Lane, IEnumerable<HistogramBase>> parts) => Histograms.Compact(lanes.SelectMany(parts));

    public long Sum(Func<Lane, long> part) => lanes.Sum(part);

    public ImmutableSortedDictionary<string, HistogramBase> MergeSeries() => lanes
        .SelectMany(lane => lane.Series)
        .Where(series => series.Value.TotalCount > 0)
        .GroupBy(series => series.Key, series => series.Value, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(group => group.Key, Histograms.Compact, StringComparer.Ordinal);

    public ImmutableArray<long> MergeCompletions()
    {
        var total = new long[Lane.MostSlices];
        foreach (var lane in lanes)
        {
            var merged = (int)(LongestSlice / lane.Slice);
            for (var i = 0; i < lane.Completions.Length; i++)
            {
                total[i / merged] += lane.Completions[i];
            }
        }

        var used = Array.FindLastIndex(total, count => count > 0) + 1;
        return [.. total.AsSpan(0, used)];
    }
}
