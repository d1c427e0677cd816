using System.Runtime.CompilerServices;
using HdrHistogram;

namespace PerfAssert.Statistics;

/// <summary>
/// The order statistics of one or more histograms together, with observations known only to be larger than all others
/// (requests that timed out) at the end as +∞. Values are the middles of the histograms' buckets; comparisons with a limit
/// are made on the histograms' resolution, where a value in the limit's own bucket equals the limit.
/// </summary>
internal sealed class HistogramSample
{
    // A histogram has thousands of empty buckets, and the same rounds are asked for each budget.
    private static readonly ConditionalWeakTable<HistogramBase, Bucket[]> Known = [];

    private readonly Bucket[] buckets;

    /// <summary>Collects the sample.</summary>
    public HistogramSample(IEnumerable<HistogramBase> histograms, long beyond = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beyond);
        buckets = Join([.. histograms.Where(h => h.TotalCount > 0).Select(Filled)]);
        Recorded = buckets is [.., var last] ? last.Cumulative : 0;
        Beyond = beyond;
    }

    /// <summary>All observations.</summary>
    public long Count => Recorded + Beyond;

    /// <summary>Observations with a value.</summary>
    public long Recorded { get; }

    /// <summary>Observations known only to be larger than all others.</summary>
    public long Beyond { get; }

    /// <summary>The largest observation; NaN for an empty sample.</summary>
    public double Max => Count == 0 ? double.NaN : AtRank(Count);

    /// <summary>The mean of the observations with a value; NaN when there is none.</summary>
    public double Mean => buckets.Sum(b => Middle(b.Lowest, b.Highest) * b.Count) / Recorded;

    /// <summary>The sample standard deviation of the observations with a value; NaN below two.</summary>
    public double StandardDeviation
    {
        get
        {
            var mean = Mean;
            var squares = buckets.Sum(b => Math.Pow(Middle(b.Lowest, b.Highest) - mean, 2) * b.Count);
            return Recorded < 2 ? double.NaN : Math.Sqrt(squares / (Recorded - 1));
        }
    }

    /// <summary>The observation of a rank, counted from 1.</summary>
    public double AtRank(long rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Count);
        if (rank > Recorded)
        {
            return double.PositiveInfinity;
        }

        var (lowest, highest, _, _) = buckets[(int)Search.Least(0, buckets.Length - 1, i => buckets[(int)i].Cumulative >= rank)];
        return Middle(lowest, highest);
    }

    /// <summary>The quantile of type 7: linear between the order statistics around (n − 1)·p. NaN for an empty sample.</summary>
    public double Quantile(double fraction)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        var position = (Count - 1) * fraction;
        var rank = (long)Math.Floor(position) + 1;
        var share = position - Math.Floor(position);
        var lower = AtRank(rank);

        // A share of 0 must not touch the neighbour: 0 · ∞ is not a number.
        return share == 0 || rank == Count ? lower : Interpolate(lower, AtRank(rank + 1), share);
    }

    /// <summary>Observations over a limit: larger than it or, with <paramref name="orEqual"/>, equal to it.</summary>
    public long Exceeding(double limit, bool orEqual)
    {
        var first = (int)Search.Least(0, buckets.Length - 1, i => IsOver(buckets[(int)i], limit, orEqual));
        return Count - (first == 0 ? 0 : buckets[first - 1].Cumulative);
    }

    /// <summary>Whether one value is over a limit, in the sense of <see cref="Exceeding"/>.</summary>
    public bool IsOver(double value, double limit, bool orEqual)
    {
        var home = Array.Find(buckets, b => b.Lowest <= limit && limit <= b.Highest);
        if (home.Count == 0)
        {
            return orEqual ? value >= limit : value > limit;
        }

        return orEqual ? value >= home.Lowest : value > home.Highest;
    }

    private static Bucket[] Join(Bucket[][] parts)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        var next = new int[parts.Length];
        var joined = new List<Bucket>();
        var cumulative = 0L;
        while (Lowest(parts, next) is >= 0 and var part)
        {
            var bucket = parts[part][next[part]++];
            cumulative += bucket.Count;
            if (joined is [.., var last] && (last.Lowest, last.Highest) == (bucket.Lowest, bucket.Highest))
            {
                joined[^1] = last with { Count = last.Count + bucket.Count, Cumulative = cumulative };
            }
            else
            {
                joined.Add(bucket with { Cumulative = cumulative });
            }
        }

        return [.. joined];
    }

    /// <summary>The part whose next bucket is the lowest; -1: none has one.</summary>
    private static int Lowest(Bucket[][] parts, int[] next)
    {
        var found = -1;
        for (var part = 0; part < parts.Length; part++)
        {
            if (next[part] < parts[part].Length && (found < 0 || parts[part][next[part]].Lowest < parts[found][next[found]].Lowest))
            {
                found = part;
            }
        }

        return found;
    }

    /// <summary>The buckets that hold something, in order. Read again when something was recorded since.</summary>
    private static Bucket[] Filled(HistogramBase histogram)
    {
        if (Known.TryGetValue(histogram, out var known) && known[^1].Cumulative == histogram.TotalCount)
        {
            return known;
        }

        // From the lowest value on: the library's own enumeration starts at zero, and most empty buckets lie below it.
        var filled = new List<Bucket>();
        var cumulative = 0L;
        for (var lowest = histogram.LowestEquivalentValue(histogram.GetValueAtPercentile(0));
             cumulative < histogram.TotalCount;
             lowest = histogram.NextNonEquivalentValue(lowest))
        {
            if (histogram.GetCountAtValue(lowest) is > 0 and var count)
            {
                cumulative += count;
                filled.Add(new Bucket(lowest, histogram.HighestEquivalentValue(lowest), count, cumulative));
            }
        }

        known = [.. filled];
        Known.AddOrUpdate(histogram, known);
        return known;
    }

    private static bool IsOver(Bucket bucket, double limit, bool orEqual) =>
        orEqual ? bucket.Highest >= limit : bucket.Lowest > limit;

    private static double Middle(long lowest, long highest) => lowest + ((highest - lowest) / 2.0);

    private static double Interpolate(double lower, double upper, double share) =>
        double.IsPositiveInfinity(upper) ? upper : lower + ((upper - lower) * share);

    private readonly record struct Bucket(long Lowest, long Highest, long Count, long Cumulative);
}
