using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace PerfAssert.Statistics;

/// <summary>
/// New runs against stored ones: a prediction interval over runs. One value a run; the noise is that of the stored runs, because neither
/// requests nor rounds of one run know how much runs differ.
/// </summary>
/// <remarks>t = (mean of the new − mean of the stored) / (S √(1/K + 1/m)) with K − 1 degrees of freedom.</remarks>
internal sealed class RunShift
{
    // Sums of equal numbers are equal only up to rounding.
    private const double Nothing = 1e-12;

    private static readonly ConcurrentDictionary<(int Stored, double Level, double Power), double> Shifts = new();

    private readonly int stored;
    private readonly int fresh;

    /// <param name="stored">A value a stored run, at least 2.</param>
    /// <param name="fresh">A value a new run, at least 1.</param>
    public RunShift(IReadOnlyCollection<double> stored, IReadOnlyCollection<double> fresh)
    {
        var (mean, deviation) = Student.MeanAndDeviation(stored);
        (this.stored, this.fresh) = (stored.Count, fresh.Count);
        Mean = mean;
        Deviation = deviation <= Nothing * Math.Max(1, Math.Abs(mean)) ? 0 : deviation;
        var shift = fresh.Average() - mean;
        Estimate = Math.Abs(shift) <= Nothing * Math.Max(1, Math.Abs(mean)) ? 0 : shift;
        Error = Deviation * Math.Sqrt((1.0 / this.stored) + (1.0 / this.fresh));
    }

    /// <summary>Mean of the stored runs.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation of the stored runs; 0: they do not vary, and a comparison is exact.</summary>
    public double Deviation { get; }

    /// <summary>How much larger the new runs are.</summary>
    public double Estimate { get; }

    /// <summary>Standard error of <see cref="Estimate"/>.</summary>
    public double Error { get; }

    /// <summary>One-sided p-value of "the shift is larger than <paramref name="neutral"/>"; 0 or 1 where runs do not vary.</summary>
    public double PValue(double neutral) =>
        Error > 0 ? 1 - StudentT.CDF(0, 1, stored - 1, (Estimate - neutral) / Error) : Estimate > neutral ? 0 : 1;

    /// <summary>Bounds of the shift that each fail with the given probability; without width where runs do not vary.</summary>
    public Interval Bounds(double tail) => Bounds(tail, fresh);

    /// <summary>Bounds that so many new runs of the same mean would give.</summary>
    public Interval Bounds(double tail, int runs)
    {
        var half = Deviation == 0 ? 0 : Student.Critical(tail, stored - 1) * Deviation * Math.Sqrt((1.0 / stored) + (1.0 / runs));
        return new Interval(Estimate - half, Estimate + half);
    }

    /// <summary>The true shift that would be found with the given chance.</summary>
    public double Detectable(double level, double power) => Deviation * DetectableDeviations(stored, fresh, level, power);

    /// <summary>The same in standard deviations of a run. The noncentral t of K stored runs is that of K pairs, whose centre is stretched.</summary>
    public static double DetectableDeviations(int stored, int fresh, double level, double power) =>
        Shifts.GetOrAdd((stored, level, power), key => DetectableShift.Of(key.Stored, key.Level, key.Power)) * Math.Sqrt(1 + ((double)stored / fresh));
}
