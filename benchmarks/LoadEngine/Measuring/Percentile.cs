namespace LoadEngine.Measuring;

/// <summary>Percentiles by the nearest rank.</summary>
internal static class Percentile
{
    /// <param name="sorted">Ascending.</param>
    /// <param name="quantile">Above 0 and up to 1.</param>
    public static double Of(double[] sorted, double quantile) => sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)];

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
