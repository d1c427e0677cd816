using HdrHistogram;

namespace PerfAssert.Runs;

/// <summary>
/// Histograms of one series together, with the observations known only to be slower than all others at the end as infinity.
/// Quantiles are those the judge uses: linear between order statistics (type 7), each in the middle of its bucket, so that a
/// report never shows another p99 than the verdict beside it.
/// </summary>
internal sealed class Distribution
{
    private readonly (double Value, long Cumulative)[] steps;
    private readonly long recorded;

    public Distribution(IEnumerable<(HistogramBase Histogram, long Beyond)> parts)
    {
        var counts = new SortedDictionary<double, long>();
        foreach (var (histogram, beyond) in parts)
        {
            Beyond += beyond;
            foreach (var step in histogram.RecordedValues())
            {
                var lowest = histogram.LowestEquivalentValue(step.ValueIteratedTo);
                var value = lowest + ((histogram.SizeOfEquivalentValueRange(lowest) - 1) / 2.0);
                counts[value] = counts.GetValueOrDefault(value) + step.CountAtValueIteratedTo;
            }
        }

        var sum = 0.0;
        steps = new (double, long)[counts.Count];
        foreach (var (index, (value, count)) in counts.Index())
        {
            recorded += count;
            sum += value * count;
            steps[index] = (value, recorded);
        }

        Mean = Count == 0 ? null : Beyond > 0 ? double.PositiveInfinity : sum / recorded;
    }

    public static Distribution Of(IEnumerable<RunDistribution> rounds) => new(rounds.Select(r => (r.Histogram, r.Beyond)));

    /// <summary>All observations.</summary>
    public long Count => recorded + Beyond;

    /// <summary>Those that timed out.</summary>
    public long Beyond { get; }

    /// <summary>In nanoseconds; infinite when one timed out, <see langword="null"/> without observations.</summary>
    public double? Mean { get; }

    /// <summary>In nanoseconds; infinite when one timed out, <see langword="null"/> without observations.</summary>
    public double? Max => Count == 0 ? null : AtRank(Count);

    /// <summary>In nanoseconds; infinite among those that timed out, <see langword="null"/> without observations.</summary>
    public double? Quantile(double fraction)
    {
        if (Count == 0)
        {
            return null;
        }

        var position = (Count - 1) * fraction;
        var rank = (long)Math.Floor(position) + 1;
        var share = position - Math.Floor(position);
        var lower = AtRank(rank);
        if (share == 0 || rank == Count)
        {
            return lower;
        }

        var upper = AtRank(rank + 1);
        return double.IsPositiveInfinity(upper) ? upper : lower + ((upper - lower) * share);
    }

    /// <summary>
    /// Whether a sample of this size can bound a quantile from above at all, at 95 %: otherwise even the largest of so many
    /// observations is below the true quantile too often.
    /// </summary>
    public bool CanBound(double fraction) => Math.Pow(fraction, Count) <= 0.05;

    private double AtRank(long rank)
    {
        if (rank > recorded)
        {
            return double.PositiveInfinity;
        }

        var (low, high) = (0, steps.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = steps[middle].Cumulative >= rank ? (low, middle) : (middle + 1, high);
        }

        return steps[low].Value;
    }
}
