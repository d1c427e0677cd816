using HdrHistogram;
using PerfAssert.Statistics;

namespace PerfAssert.Runs;

/// <summary>
/// Histograms of one series together, with the observations known only to be slower than all others at the end as infinity. The
/// figures are the judge's own, so that a report never shows another p99 than the verdict beside it.
/// </summary>
internal sealed class Distribution
{
    private readonly HistogramSample sample;

    public Distribution(IEnumerable<(HistogramBase Histogram, long Beyond)> parts)
    {
        var list = parts.ToList();
        sample = new HistogramSample(list.Select(part => part.Histogram), list.Sum(part => part.Beyond));
    }

    public static Distribution Of(IEnumerable<RunDistribution> rounds) => new(rounds.Select(r => (r.Histogram, r.Beyond)));

    /// <summary>All observations.</summary>
    public long Count => sample.Count;

    /// <summary>Those that timed out.</summary>
    public long Beyond => sample.Beyond;

    /// <summary>In nanoseconds; infinite when one timed out, <see langword="null"/> without observations.</summary>
    public double? Mean => Count == 0 ? null : Beyond > 0 ? double.PositiveInfinity : sample.Mean;

    /// <summary>In nanoseconds; infinite when one timed out, <see langword="null"/> without observations.</summary>
    public double? Max => Count == 0 ? null : sample.Max;

    /// <summary>In nanoseconds; infinite among those that timed out, <see langword="null"/> without observations.</summary>
    public double? Quantile(double fraction) => Count == 0 ? null : sample.Quantile(fraction);

    /// <summary>
    /// Whether a sample of this size can bound a quantile from above at all, at 95 %: otherwise even the largest of so many
    /// observations is below the true quantile too often.
    /// </summary>
    public bool CanBound(double fraction) => Math.Pow(fraction, Count) <= 0.05;
}
