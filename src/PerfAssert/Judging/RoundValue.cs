using PerfAssert.Baselines;
using PerfAssert.Load;
using PerfAssert.Measurements;

namespace PerfAssert.Judging;

/// <summary>
/// The one number a round gives for a metric, in the metric's base unit: rounds are the replicates, requests are not. A percentile among
/// timeouts, and a mean with some, count them at the timeout, which is the least they took. A rate of zero counts as that of a single one: values are
/// compared by their logarithm, and it is the worst there is, not none.
/// </summary>
internal static class RoundValue
{
    /// <summary>Below what the clock can tell apart.</summary>
    private const double ShortestDuration = 1;

    /// <summary>The value; <see langword="null"/>: the round has none, as nothing of it was measured.</summary>
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
            MetricFamily.OutputTokens => Tokens(round.OutputTokens),
            MetricFamily.InputTokens => Tokens(round.InputTokens),
            MetricFamily.CostPerThousandRequests => usdPerHour is { } price && Rate(round.Succeeded) is { } rate ? Cost.CostModel.UsdPerThousandRequests(price, rate) : null,
            MetricFamily.CostPerMillionTokens => usdPerHour is { } price && Tokens(round.OutputTokens) is { } rate ? Cost.CostModel.UsdPerMillionTokens(price, rate) : null,
            _ => null,
        };

        // Answers without a token are those of a method that does not count them.
        double? Tokens(long tokens) => tokens == 0 && round.Succeeded > 0 ? null : Rate(tokens);
        double? Rate(long amount) => seconds > 0 && round.Requests > 0 ? Math.Max(1, amount) / seconds : null;
    }

    /// <summary>
    /// A run's one value: the median over its rounds. Of errors the share of all its requests: rounds without a failure would hide those of the
    /// others. <see langword="null"/>: the run has none.
    /// </summary>
    public static double? OfRun(Metric metric, IReadOnlyCollection<Round> rounds, LoadPlan load, double? usdPerHour) => metric.Family == MetricFamily.Errors
        ? BaselineRun.ShareOf(rounds.Sum(round => round.Failed), rounds.Sum(round => round.Requests))
        : BaselineRun.Median([.. rounds.Select(round => Of(metric, round, load, usdPerHour)).OfType<double>()]);

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
