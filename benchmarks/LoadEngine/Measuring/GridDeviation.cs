namespace LoadEngine.Measuring;

/// <summary>How far arrivals are off the ideal grid of a constant rate, in microseconds.</summary>
/// <param name="P50">Median distance.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="P999">99.9th percentile.</param>
/// <param name="Max">The largest.</param>
internal sealed record GridDeviation(double P50, double P99, double P999, double Max)
{
    /// <summary>Lays the grid through the arrivals: it starts where the median of arrival − k / rate is.</summary>
    public static GridDeviation Of(ReadOnlySpan<long> arrivals, int rate)
    {
        var sorted = arrivals.ToArray();
        Array.Sort(sorted);
        var offsets = new double[sorted.Length];
        for (var k = 0; k < sorted.Length; k++)
        {
            offsets[k] = sorted[k] - sorted[0] - (k * 1e9 / rate);
        }

        var start = Percentile.Median(offsets);
        double[] distances = [.. offsets.Select(offset => Math.Abs(offset - start) / 1e3).Order()];
        return new GridDeviation(
            Percentile.Of(distances, 0.5), Percentile.Of(distances, 0.99), Percentile.Of(distances, 0.999), distances[^1]);
    }
}
