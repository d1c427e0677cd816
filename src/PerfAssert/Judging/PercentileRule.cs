using PerfAssert.Budgets;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>A percentile of a duration: the requests over the limit are counted, and the count is tested.</summary>
internal static class PercentileRule
{
    public static Finding Judge(Budget budget, MeasuredRun run, Level level)
    {
        var (metric, limit, orEqual) = (budget.Metric, Holds.Limit(budget), Holds.EqualBreaks(budget));
        var sample = run.Pooled(metric);
        var tau = run.Clustered(metric, run.TauOfExceedance(metric, limit, orEqual), sample.Count);
        var shares = run.ByRound(metric).Select(s => (double)s.Exceeding(limit, orEqual) / s.Count).ToArray();
        var allowed = (double)(1 - (metric.Percentile / 100m));
        var rule = new ShareRule(sample.Count, sample.Exceeding(limit, orEqual), allowed, tau, shares, level);
        var observed = sample.Quantile(metric.Fraction);
        var interval = Enclosing(sample, rule.EffectiveCount, metric.Fraction, level.Confidence);
        return new Finding(rule.Result, sample.Count)
        {
            Observed = observed,
            ObservedHolds = !sample.IsOver(observed, limit, orEqual),
            Lower = interval.Lower,
            Upper = double.IsPositiveInfinity(interval.Upper ?? 0) ? null : interval.Upper,
            EffectiveCount = rule.EffectiveCount,
            NeededCount = rule.Result == Verdict.Inconclusive ? rule.NeededCount : null,
            Note = rule.Result == Verdict.Inconclusive ? rule.Explain(metric.Name, "over the limit") : null,
        };
    }

    /// <summary>The order statistics around the percentile, at the ranks of a sample of the effective size.</summary>
    private static (double? Lower, double? Upper) Enclosing(HistogramSample sample, long effective, double fraction, double confidence)
    {
        var ranks = RankInterval.Of(effective, fraction, confidence);
        var stretch = (double)sample.Count / Math.Max(1, effective);
        return (
            ranks.Lower is { } l ? sample.AtRank(Math.Max(1, (long)(l * stretch))) : null,
            ranks.Upper is { } u ? sample.AtRank(Math.Min(sample.Count, (long)Math.Ceiling(u * stretch))) : null);
    }
}
