using PerfAssert.Measurements;

namespace PerfAssert.Judging;

/// <summary>One value a metric and round: what runs are compared by. Requests of a round are no replicates of each other.</summary>
internal static class RoundValues
{
    /// <summary>The value of one round in the base unit; <see langword="null"/>: the round has none. Costs need a price and have none.</summary>
    public static double? Of(Metric metric, Round round) => metric.Family switch
    {
        _ when Series.IsDuration(metric) => OfDuration(metric, round),
        MetricFamily.Errors => round.Requests == 0 ? null : (double)round.Failed / round.Requests,
        MetricFamily.Throughput => Rate(round.Succeeded, round),
        MetricFamily.Goodput => Rate(round.Good, round),
        MetricFamily.OutputTokens => round.OutputTokens == 0 ? null : Rate(round.OutputTokens, round),
        MetricFamily.InputTokens => round.InputTokens == 0 ? null : Rate(round.InputTokens, round),
        _ => null,
    };

    private static double? OfDuration(Metric metric, Round round)
    {
        var sample = Series.Sample(metric, [round]);
        return sample.Count == 0 ? null : metric.Statistic switch
        {
            Statistic.Percentile => sample.Quantile(metric.Fraction),
            Statistic.Mean => sample.Beyond > 0 ? double.PositiveInfinity : sample.Mean,
            Statistic.Max => sample.Max,
            _ => throw new InvalidOperationException($"{metric.Name} is no statistic of a duration."),
        };
    }

    private static double? Rate(long amount, Round round) => round.Span > TimeSpan.Zero ? amount / round.Span.TotalSeconds : null;
}
