using System.Globalization;
using PerfAssert.Expressions;

namespace PerfAssert.Measurements;

/// <summary>A metric as budgets name it: what is measured, and which statistic of it. Equal metrics have equal <see cref="Name"/>s.</summary>
/// <param name="Family">What kind of thing is measured.</param>
/// <param name="Series">The recorded series for <see cref="MetricFamily.Recorded"/> and <see cref="MetricFamily.Telemetry"/>; otherwise empty.</param>
/// <param name="Statistic">Which statistic of the series; <see cref="Statistic.Total"/> for rates, shares and money.</param>
/// <param name="Percentile">In (0, 100) when <paramref name="Statistic"/> is <see cref="Statistic.Percentile"/>; otherwise 0.</param>
/// <param name="Quantity">The quantity its values have.</param>
/// <param name="HigherIsBetter">The metric's own direction.</param>
internal sealed record Metric(
    MetricFamily Family,
    string Series,
    Statistic Statistic,
    decimal Percentile,
    Quantity Quantity,
    bool HigherIsBetter)
{
    /// <summary>The name as the budget grammar prints it: <c>p99</c>, <c>service.p99</c>, <c>output tokens/s</c>, <c>embed.mean</c>.</summary>
    public string Name => Family switch
    {
        MetricFamily.Latency => StatisticName,
        MetricFamily.ServiceTime => "service." + StatisticName,
        MetricFamily.SendLag => "lag." + StatisticName,
        MetricFamily.TimeToFirstToken => "ttft." + StatisticName,
        MetricFamily.TimePerOutputToken => "tpot." + StatisticName,
        MetricFamily.InterTokenLatency => "itl." + StatisticName,
        MetricFamily.Recorded => Series + "." + StatisticName,
        MetricFamily.Errors => "errors",
        MetricFamily.Throughput => "rps",
        MetricFamily.Goodput => "goodput",
        MetricFamily.OutputTokens => "output tokens/s",
        MetricFamily.InputTokens => "input tokens/s",
        MetricFamily.CostPerThousandRequests => "$/1k req",
        MetricFamily.CostPerMillionTokens => "$/1M tokens",
        MetricFamily.Telemetry => Statistic == Statistic.Mean ? Series : Series + "." + StatisticName,
        _ => throw new InvalidOperationException($"Unknown metric family {Family}."),
    };

    /// <summary>The percentile as a fraction, 0.99 for p99.</summary>
    public double Fraction => (double)(Percentile / 100m);

    private string StatisticName => Statistic switch
    {
        Statistic.Percentile => "p" + Percentile.ToString("0.#########", CultureInfo.InvariantCulture),
        Statistic.Mean => "mean",
        Statistic.Max => "max",
        _ => "total",
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
