namespace LoadEngine.Measuring;

/// <summary>Percentiles by the nearest rank.</summary>
internal static class Percentile
{
    /// <param name="sorted">Ascending.</param>
    /// <param name="quantile">Above 0 and up to 1.</param>
    public static double Of(double[] sorted, double quantile) => sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)];

    /// <summary>
    /// Where the median of all such values lies, with at least 95 % confidence: the ranks of the sign test. <see langword="null"/>: fewer than six
    /// values, which do not tell.
    /// </summary>
    public static (double Low, double High)? MedianInterval(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var rank = 0;

        // The chance that exactly, and that at most, so many of the values lie below the median.
        var exactly = Math.Pow(2, -sorted.Length);
        for (var atMost = exactly; atMost <= 0.025; atMost += exactly)
        {
            exactly *= (double)(sorted.Length - rank) / (rank + 1);
            rank++;
        }

        return rank == 0 ? null : (sorted[rank - 1], sorted[^rank]);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
