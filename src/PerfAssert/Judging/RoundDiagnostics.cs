using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>
/// Whether rounds can stand for independent ones. Those that wander or drift are merged with their neighbours once; what still does then
/// cannot be judged.
/// </summary>
internal static class RoundDiagnostics
{
    private const double Level = 0.01;
    private const double HighLagOne = 0.3;

    // One-sided 1 % of the lag-1 autocorrelation of R independent values is about 2.326 / √R: below that 0.3 is noise.
    private const double LagOneNoise = 2.326;

    // What does not vary has no pattern but that of rounding.
    private const double Rounding = 1e-12;

    /// <summary>Whether the differences look independent.</summary>
    public static bool AreIndependent(double[] differences) =>
        differences.Max() - differences.Min() <= Rounding * differences.Max(Math.Abs)
        || (MannKendall.PValue(differences) > Level
            && Autocorrelation.LagOne(differences) <= Math.Max(HighLagOne, LagOneNoise / Math.Sqrt(differences.Length)));

    /// <summary>Means of neighbours; an odd one at the end is a part of the last.</summary>
    public static double[] Merge(double[] differences) => differences.Length < 4
        ? [differences.Average()]
        : [.. Enumerable.Range(0, differences.Length / 2).Select(i => differences[(2 * i)..(i == (differences.Length / 2) - 1 ? differences.Length : (2 * i) + 2)].Average())];
}
