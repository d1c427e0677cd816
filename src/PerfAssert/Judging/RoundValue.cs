using PerfAssert.Load;
using PerfAssert.Measurements;

namespace PerfAssert.Judging;

/// <summary>
/// The one number a round gives for a metric, in the metric's base unit: rounds are the replicates, requests are not. A percentile among
/// timeouts, and a mean with some, count them at the timeout, which is the least they took.
/// </summary>
internal static class RoundValue
{
    /// <summary>Below what the clock can tell apart.</summary>
    private const double ShortestDuration = 1;

    /// <summary>The value; <see langword="null"/>: the round has none.</summary>
    public static double? Of(Metric metric, Round round, LoadPlan load, double? usdPerHour)
    {
        if (Series.IsDuration(metric))
        {
            return Duration(metric, round, load);
        }

        var seconds = round.Span.TotalSeconds;
        return metric.Family switch
        {
            MetricFamily.Errors => round.Requests == 0 ? null : (double)round.Failed / round.Requests,
            MetricFamily.Throughput => Rate(round.Succeeded),
            MetricFamily.Goodput => Rate(round.Good),
            MetricFamily.OutputTokens => Rate(round.OutputTokens),
            MetricFamily.InputTokens => Rate(round.InputTokens),
            MetricFamily.CostPerThousandRequests => usdPerHour is { } price && Rate(round.Succeeded) is { } rate ? Cost.CostModel.UsdPerThousandRequests(price, rate) : null,
            MetricFamily.CostPerMillionTokens => usdPerHour is { } price && Rate(round.OutputTokens) is { } rate ? Cost.CostModel.UsdPerMillionTokens(price, rate) : null,
            _ => null,
        };

        double? Rate(long amount) => seconds > 0 && amount > 0 ? amount / seconds : null;
    }

    /// <summary>Whether a percentile or maximum is only known to be above the timeout.</summary>
    public static bool IsCensored(Metric metric, Round round)
    {
        if (!Series.IsDuration(metric) || metric.Statistic is not (Statistic.Percentile or Statistic.Max))
        {
            return false;
        }

        var sample = Series.Sample(metric, [round]);
        return sample.Beyond > 0 && double.IsPositiveInfinity(metric.Statistic == Statistic.Max ? sample.Max : sample.Quantile(metric.Fraction));
    }

    private static double? Duration(Metric metric, Round round, LoadPlan load)
    {
        var sample = Series.Sample(metric, [round]);
        if (sample.Count == 0)
        {
            return null;
        }

        var timeout = load.RequestTimeout.TotalNanoseconds;
        var value = metric.Statistic switch
        {
            Statistic.Mean => ((sample.Recorded == 0 ? 0 : sample.Mean * sample.Recorded) + (timeout * sample.Beyond)) / sample.Count,
            Statistic.Max => sample.Max,
            _ => sample.Quantile(metric.Fraction),
        };
        return Math.Max(ShortestDuration, double.IsPositiveInfinity(value) ? timeout : value);
    }
}
