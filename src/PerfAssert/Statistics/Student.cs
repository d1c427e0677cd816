using MathNet.Numerics.Distributions;

namespace PerfAssert.Statistics;

/// <summary>Student's t, for the few values it is used on: rounds, batches, and means with an effective sample size.</summary>
internal static class Student
{
    /// <summary>The value that is exceeded with probability <paramref name="tail"/>.</summary>
    public static double Critical(double tail, double degreesOfFreedom) =>
        StudentT.InvCDF(0, 1, degreesOfFreedom, 1 - tail);

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
}
