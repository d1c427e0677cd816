using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Statistics;

namespace PerfAssert.Comparing;

/// <summary>The evidence on one budget before the adjustment for all the others. Worse is positive.</summary>
internal sealed record Check
{
    public required Budget Budget { get; init; }

    /// <summary>Values for people: base and head.</summary>
    public required (double Base, double Head) Values { get; init; }

    /// <summary>What change is allowed.</summary>
    public required Allowance Allowance { get; init; }

    /// <summary>The estimated change.</summary>
    public required double Estimate { get; init; }

    /// <summary>Bounds of it that each fail with the given probability.</summary>
    public required Func<double, Interval> Bounds { get; init; }

    /// <summary>The upper bound that may prove something and fails with the given probability.</summary>
    public required Func<double, double> ProvenUpper { get; init; }

    /// <summary>Of "worse".</summary>
    public required double PValue { get; init; }

    /// <summary>Whether the p-value is adjusted for the other budgets of the test, because they share rounds.</summary>
    public required bool IsAdjustedInTest { get; init; }

    /// <summary>Of the second block of rounds; <see langword="null"/>: there is none.</summary>
    public (double PValue, double Estimate)? Second { get; init; }

    /// <summary>The least a p-value can be; 0: as small as you like.</summary>
    public double LeastPValue { get; init; }

    /// <summary>What was compared, for people.</summary>
    public required string How { get; init; }

    public bool IsShare => Budget.Metric.Family == Measurements.MetricFamily.Errors;

    /// <summary>A change as the metric is signed.</summary>
    public double? Signed(double worse) =>
        !double.IsFinite(worse) ? null : IsShare ? worse : Math.Exp((Budget.Metric.HigherIsBetter ? -1 : 1) * worse) - 1;
}
