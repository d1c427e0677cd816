using PerfAssert.Expressions;

namespace PerfAssert.Measurements;

/// <summary>Every metric the budget grammar knows by name.</summary>
internal static class MetricCatalog
{
    /// <summary>Metrics that are one number over the whole measured span.</summary>
    public static IReadOnlyDictionary<string, Metric> Totals { get; } = new Dictionary<string, Metric>(StringComparer.OrdinalIgnoreCase)
    {
        ["errors"] = Total(MetricFamily.Errors, Quantity.Share, higherIsBetter: false),
        ["rps"] = Total(MetricFamily.Throughput, Quantity.PerSecond, higherIsBetter: true),
        ["goodput"] = Total(MetricFamily.Goodput, Quantity.PerSecond, higherIsBetter: true),
    };

    /// <summary>Durations that are named with a statistic: <c>ttft.p95</c>.</summary>
    public static IReadOnlyDictionary<string, MetricFamily> Durations { get; } = new Dictionary<string, MetricFamily>(StringComparer.OrdinalIgnoreCase)
    {
        ["service"] = MetricFamily.ServiceTime,
        ["lag"] = MetricFamily.SendLag,
        ["ttft"] = MetricFamily.TimeToFirstToken,
        ["tpot"] = MetricFamily.TimePerOutputToken,
        ["itl"] = MetricFamily.InterTokenLatency,
    };

    /// <summary>
    /// What the server or the GPU says, as its mean unless a statistic is named. Use of a resource is better low, so that a
    /// change which needs more of it for the same load shows; a bigger batch is a better one.
    /// </summary>
    public static IReadOnlyDictionary<string, Metric> Telemetry { get; } = new[]
    {
        Sampled("gpu.util", Quantity.Share),
        Sampled("gpu.memory", Quantity.Bytes),
        Sampled("gpu.power", Quantity.Watt),
        Sampled("server.queue", Quantity.Duration),
        Sampled("server.compute", Quantity.Duration),
        Sampled("server.pending", Quantity.Count),
        Sampled("server.batch", Quantity.Count, higherIsBetter: true),
        Sampled("server.cpu", Quantity.Share),
        Sampled("server.memory", Quantity.Bytes),
        Sampled("server.kvcache", Quantity.Share),
    }.ToDictionary(metric => metric.Series, StringComparer.OrdinalIgnoreCase);

    public static Metric CostPerThousandRequests { get; } = Total(MetricFamily.CostPerThousandRequests, Quantity.Usd, higherIsBetter: false);

    public static Metric CostPerMillionTokens { get; } = Total(MetricFamily.CostPerMillionTokens, Quantity.Usd, higherIsBetter: false);

    public static Metric OutputTokens { get; } = Total(MetricFamily.OutputTokens, Quantity.PerSecond, higherIsBetter: true);

    public static Metric InputTokens { get; } = Total(MetricFamily.InputTokens, Quantity.PerSecond, higherIsBetter: true);

    /// <summary>Names for "did you mean" and for the list in a message.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "p99", "mean", "max", "errors", "rps", "goodput", "service.p99", "lag.p99", "ttft.p95", "tpot.p50", "itl.p99",
        "output tokens/s", "input tokens/s", "$/1k req", "$/1M tokens",
    ];

    /// <summary>A statistic of a duration.</summary>
    public static Metric Duration(MetricFamily family, string series, Statistic statistic, decimal percentile) =>
        new(family, series, statistic, percentile, Quantity.Duration, HigherIsBetter: false);

    private static Metric Total(MetricFamily family, Quantity quantity, bool higherIsBetter) =>
        new(family, "", Statistic.Total, 0, quantity, higherIsBetter);

    private static Metric Sampled(string series, Quantity quantity, bool higherIsBetter = false) =>
        new(MetricFamily.Telemetry, series, Statistic.Mean, 0, quantity, higherIsBetter);
}
