using HdrHistogram;
using PerfAssert.Measurements;

namespace PerfAssert.Runs;

/// <summary>
/// One series of durations of one round: the histogram, and its key values for readers without a histogram library.
/// The key values are <see langword="null"/> without observations, and infinite among observations that timed out.
/// </summary>
/// <param name="Count">Observations with a value.</param>
/// <param name="Beyond">Observations that timed out: known only to be slower than all others.</param>
/// <param name="MeanMs">The mean.</param>
/// <param name="P50Ms">The median.</param>
/// <param name="P90Ms">The 90th percentile.</param>
/// <param name="P95Ms">The 95th percentile.</param>
/// <param name="P99Ms">The 99th percentile.</param>
/// <param name="MaxMs">The largest.</param>
/// <param name="Histogram">In nanoseconds; in the file HdrHistogram's compressed V2 encoding as base64.</param>
internal sealed record RunDistribution(
    long Count,
    long Beyond,
    double? MeanMs,
    double? P50Ms,
    double? P90Ms,
    double? P95Ms,
    double? P99Ms,
    double? MaxMs,
    HistogramBase Histogram)
{
    /// <summary>No observation.</summary>
    public static RunDistribution Empty { get; } = Of(Histograms.Recorder());

    public static RunDistribution Of(HistogramBase histogram, long beyond = 0)
    {
        var distribution = new Distribution([(histogram, beyond)]);
        return new RunDistribution(
            histogram.TotalCount,
            beyond,
            Milliseconds(distribution.Mean),
            Milliseconds(distribution.Quantile(0.5)),
            Milliseconds(distribution.Quantile(0.9)),
            Milliseconds(distribution.Quantile(0.95)),
            Milliseconds(distribution.Quantile(0.99)),
            Milliseconds(distribution.Max),
            histogram);
    }

    private static double? Milliseconds(double? nanoseconds) => nanoseconds / 1e6;
}
