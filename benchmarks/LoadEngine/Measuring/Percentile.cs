namespace LoadEngine.Measuring;

/// <summary>Percentiles by the nearest rank.</summary>
internal static class Percentile
{
    /// <param name="sorted">Ascending.</param>
    /// <param name="quantile">Above 0 and up to 1.</param>
    public static double Of(double[] sorted, double quantile) => sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)];

    /// <summary>Where the median of all such values lies, with 95 % confidence: the ranks of the sign test, by the normal approximation.</summary>
    public static (double Low, double High) MedianInterval(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var rank = (int)Math.Floor((sorted.Length - (1.96 * Math.Sqrt(sorted.Length))) / 2);
        return (sorted[Math.Max(0, rank)], sorted[Math.Min(sorted.Length - 1, sorted.Length - 1 - rank)]);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
