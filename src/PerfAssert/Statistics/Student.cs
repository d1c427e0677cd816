using MathNet.Numerics;

namespace PerfAssert.Statistics;

/// <summary>Student's t, for the few values it is used on: rounds, batches, and means with an effective sample size.</summary>
internal static class Student
{
    // Halving a value of the right size this often reaches the spacing of doubles.
    private const int Halvings = 53;

    /// <summary>The value that is exceeded with probability <paramref name="tail"/>.</summary>
    // The library's own inverse looks no further than 800, and throws where few degrees of freedom have farther tails.
    public static double Critical(double tail, double degreesOfFreedom)
    {
        if (tail > 0.5)
        {
            return -Critical(1 - tail, degreesOfFreedom);
        }

        var (low, high) = (0.0, 1.0);
        while (Tail(high, degreesOfFreedom) > tail)
        {
            (low, high) = (high, 2 * high);
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Tail(middle, degreesOfFreedom) > tail ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Bounds of the mean that each fail with probability <paramref name="tail"/>; <see langword="null"/> below two values.</summary>
    public static Interval? MeanBounds(IReadOnlyCollection<double> values, double tail)
    {
        if (values.Count < 2)
        {
            return null;
        }

        var (mean, deviation) = MeanAndDeviation(values);
        return MeanBounds(mean, deviation, values.Count, tail);
    }

    /// <summary>The same from a summary, with a sample size that may be an effective one.</summary>
    public static Interval? MeanBounds(double mean, double deviation, double effectiveCount, double tail)
    {
        if (!(effectiveCount >= 2) || !double.IsFinite(mean) || !double.IsFinite(deviation))
        {
            return null;
        }

        var half = Critical(tail, effectiveCount - 1) * deviation / Math.Sqrt(effectiveCount);
        return new Interval(mean - half, mean + half);
    }

    /// <summary>Mean and sample standard deviation.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)));
    }

    /// <summary>The probability of more than <paramref name="t"/>, which is not below zero.</summary>
    private static double Tail(double t, double degreesOfFreedom) =>
        SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t))) / 2;
}
