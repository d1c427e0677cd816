using CsCheck;
using PerfAssert.Budgets;
using PerfAssert.Expressions;
using PerfAssert.Measurements;
using PerfAssert.Tests.Expressions;

namespace PerfAssert.Tests.Budgets;

/// <summary>Every budget the grammar can say.</summary>
internal static class BudgetGenerator
{
    private static readonly Gen<decimal> Number = Gen.Select(Gen.Int[1, int.MaxValue], Gen.Int[0, 9], (digits, places) => digits / (decimal)Math.Pow(10, places));

    private static readonly Gen<(Statistic, decimal)> Statistics = Gen.OneOf(
        Gen.Long[1, 99_999_999_999].Select(digits => (Statistic.Percentile, digits / 1_000_000_000m)),
        Gen.Const((Statistic.Mean, 0m)),
        Gen.Const((Statistic.Max, 0m)));

    private static readonly Gen<Metric> Durations = Gen.Select(
        Choice.Of(
            (MetricFamily.Latency, ""), (MetricFamily.ServiceTime, ""), (MetricFamily.SendLag, ""), (MetricFamily.TimeToFirstToken, ""),
            (MetricFamily.TimePerOutputToken, ""), (MetricFamily.InterTokenLatency, ""), (MetricFamily.Recorded, "Embed-2_x"), (MetricFamily.Recorded, "p99x")),
        Statistics,
        (series, statistic) => MetricCatalog.Duration(series.Item1, series.Item2, statistic.Item1, statistic.Item2));

    private static readonly Gen<Metric> Telemetry = Gen.Select(
        Choice.Of([.. MetricCatalog.Telemetry.Values]),
        Statistics,
        (metric, statistic) => metric with { Statistic = statistic.Item1, Percentile = statistic.Item2 });

    private static readonly Gen<Metric> Totals = Choice.Of(
        [
            .. MetricCatalog.Totals.Values, MetricCatalog.InputTokens, MetricCatalog.OutputTokens,
            MetricCatalog.CostPerThousandRequests, MetricCatalog.CostPerMillionTokens,
        ]);

    public static Gen<Metric> Metrics { get; } = Gen.OneOf(Durations, Telemetry, Totals);

    public static Gen<Budget> Budgets { get; } = Metrics.SelectMany(metric => Gen.Select(
        Limits(metric),
        Gen.Bool,
        (limit, strict) => new Budget(metric, ComparisonOf(metric, strict), limit)));

    private static Gen<Limit> Limits(Metric metric) => Gen.OneOf(
        Amounts(metric).Select(amount => new Limit(BudgetKind.Absolute, amount, 0, null)),
        Relative(BudgetKind.Baseline, metric),
        Relative(BudgetKind.Reference, metric));

    private static Gen<Limit> Relative(BudgetKind kind, Metric metric) => Gen.Select(
        Gen.OneOf(Number, Gen.Const(0m), Gen.Int[1, 99].Select(percent => -(decimal)percent)),
        Gen.OneOf(Amounts(metric).Select(amount => (Amount?)amount), Gen.Const((Amount?)null)),
        (percent, floor) => new Limit(kind, null, percent, floor));

    private static Gen<Amount> Amounts(Metric metric) => Gen.Select(
        metric.Quantity == Quantity.Share ? Gen.Int[1, 100].Select(percent => percent / 1m) : Number,
        Choice.Of(UnitsOf(metric.Quantity)),
        (number, unit) => new Amount(number, unit));

    private static string[] UnitsOf(Quantity quantity) =>
        [.. Units.NamesOf(quantity).Select(name => Units.Find(quantity, name == "no unit" ? "" : name)!)];

    private static Comparison ComparisonOf(Metric metric, bool strict) => (metric.HigherIsBetter, strict) switch
    {
        (true, true) => Comparison.Greater,
        (true, false) => Comparison.GreaterOrEqual,
        (false, true) => Comparison.Less,
        (false, false) => Comparison.LessOrEqual,
    };
}
