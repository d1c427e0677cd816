using HdrHistogram;
using PerfAssert.Measurements;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>Where the observations of a duration metric are, and what to say when there are none.</summary>
internal static class Series
{
    public static HistogramSample Sample(Metric metric, IReadOnlyList<Round> rounds) => metric.Family switch
    {
        MetricFamily.Latency => new(rounds.Select(r => r.Latency), rounds.Sum(r => r.TimedOut)),
        MetricFamily.ServiceTime => new(rounds.Select(r => r.ServiceTime), rounds.Sum(r => r.TimedOut)),
        MetricFamily.SendLag => new(rounds.Select(r => r.SendLag)),
        MetricFamily.TimeToFirstToken => new(Named(metric, rounds), WithoutToken(rounds)),
        _ => new(Named(metric, rounds)),
    };

    /// <summary>Why a duration metric has no observation.</summary>
    public static string Absence(Metric metric) => metric.Family switch
    {
        MetricFamily.TimeToFirstToken => "no request marked a token: call request.MarkToken() when the first one arrives",
        MetricFamily.TimePerOutputToken or MetricFamily.InterTokenLatency =>
            "no request marked two tokens: call request.MarkToken() for each one that arrives",
        MetricFamily.Recorded => $"no request recorded it: call request.Record(\"{metric.Series}\", duration)",
        _ => "there is no observation of it",
    };

    /// <summary>Whether a metric is a duration of requests, judged by its percentiles, mean or maximum.</summary>
    public static bool IsDuration(Metric metric) => metric.Family
        is MetricFamily.Latency or MetricFamily.ServiceTime or MetricFamily.SendLag or MetricFamily.TimeToFirstToken
        or MetricFamily.TimePerOutputToken or MetricFamily.InterTokenLatency or MetricFamily.Recorded;

    private static IEnumerable<HistogramBase> Named(Metric metric, IReadOnlyList<Round> rounds) =>
        rounds.Select(r => r.Series.GetValueOrDefault(Name(metric))).OfType<HistogramBase>();

    // A method that answers without a token does not mark them, and its timeouts are none of streams.
    private static long WithoutToken(IReadOnlyList<Round> rounds) =>
        rounds.Any(r => r.Series.ContainsKey("ttft")) || rounds.All(r => r.Succeeded == 0) ? rounds.Sum(r => r.TimedOutWithoutToken) : 0;

    private static string Name(Metric metric) => metric.Family switch
    {
        MetricFamily.TimeToFirstToken => "ttft",
        MetricFamily.TimePerOutputToken => "tpot",
        MetricFamily.InterTokenLatency => "itl",
        _ => metric.Series,
    };
}
