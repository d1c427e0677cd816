using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace PerfAssert.Statistics;

/// <summary>What paired rounds can see: the power of a one-sided t test of their differences, and its inverses.</summary>
internal static class DetectableShift
{
    private const int Nodes = 64;

    /// <summary>The chance that a shift of so many standard deviations of one difference is found.</summary>
    /// <param name="rounds">Pairs of rounds, at least 2.</param>
    /// <param name="shift">The true shift in standard deviations.</param>
    /// <param name="level">The test's error.</param>
    public static double Power(int rounds, double shift, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 2);

        // Noncentral t by its definition: the normal part given the estimated deviation s, averaged over s.
        var freedom = rounds - 1;
        var critical = Student.Critical(level, freedom);
        var centre = shift * Math.Sqrt(rounds);
        var logScale = Math.Log(2) + (freedom / 2.0 * Math.Log(freedom / 2.0)) - SpecialFunctions.GammaLn(freedom / 2.0);
        return GaussLegendreRule.Integrate(
            s => Math.Exp(logScale + ((freedom - 1) * Math.Log(s)) - (freedom * s * s / 2)) * Normal.CDF(0, 1, centre - (critical * s)),
            0,
            1 + (10 / Math.Sqrt(2 * freedom)),
            Nodes);
    }

    /// <summary>The shift, in standard deviations of one difference, that is found with the given chance.</summary>
    public static double Of(int rounds, double level, double power)
    {
        var (low, high) = (0.0, 1.0);
        while (Power(rounds, high, level) < power)
        {
            high *= 2;
        }

        while (high - low > 1e-6 * high)
        {
            var middle = (low + high) / 2;
            (low, high) = Power(rounds, middle, level) < power ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>Pairs of rounds that find a shift of so many standard deviations: ((zₐ + z_b) / shift)² + 2. Infinite for none.</summary>
    public static double Rounds(double shift, double level, double power)
    {
        var z = Normal.InvCDF(0, 1, 1 - level) + Normal.InvCDF(0, 1, power);
        return Math.Ceiling((z / shift * (z / shift)) + 2);
    }
}
