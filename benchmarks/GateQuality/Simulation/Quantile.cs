namespace GateQuality.Simulation;

/// <summary>The quantile of type 7, as the judge reads it from a histogram.</summary>
internal static class Quantile
{
    public static double OfSorted(double[] sorted, double fraction)
    {
        var position = (sorted.Length - 1) * fraction;
        var below = (int)position;
        return below + 1 < sorted.Length ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
