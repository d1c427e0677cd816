using PerfAssert.Budgets;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>Any statistic of a duration.</summary>
internal static class DurationRule
{
    private const string NoLag = "a closed loop has no schedule to lag behind: use a load in rps";

    public static Finding Judge(Budget budget, MeasuredRun run, Level level)
    {
        var metric = budget.Metric;
        if (metric.Family == MetricFamily.SendLag && !run.Measurement.OpenLoop)
        {
            return Finding.NotMeasured(NoLag);
        }

        var sample = run.Pooled(metric);
        if (sample.Count == 0)
        {
            return Finding.NotMeasured(Series.Absence(metric));
        }

        var finding = metric.Statistic switch
        {
            Statistic.Percentile => PercentileRule.Judge(budget, run, level),
            Statistic.Mean => Mean(budget, run, sample, level),
            Statistic.Max => Max(budget, sample, run.Load),
            _ => throw new InvalidOperationException($"{metric.Name} is no statistic of a duration."),
        };
        return finding with { Note = Join(finding.Note, Partial(metric, sample, run)) };
    }

    /// <summary>What was observed, held against nothing: without the interval, which takes the order of all requests.</summary>
    public static Finding Observe(Metric metric, MeasuredRun run)
    {
        if (metric.Family == MetricFamily.SendLag && !run.Measurement.OpenLoop)
        {
            return Finding.NotMeasured(NoLag);
        }

        var sample = run.Pooled(metric);
        return sample.Count == 0 ? Finding.NotMeasured(Series.Absence(metric)) : new Finding(Verdict.Inconclusive, sample.Count)
        {
            Observed = metric.Statistic switch
            {
                Statistic.Percentile => sample.Quantile(metric.Fraction),
                Statistic.Mean => sample.Beyond > 0 ? double.PositiveInfinity : sample.Mean,
                _ => sample.Max,
            },
        };
    }

    private static Finding Mean(Budget budget, MeasuredRun run, HistogramSample sample, Level level)
    {
        if (sample.Beyond > 0)
        {
            return new Finding(Verdict.Broken, sample.Count)
            {
                Observed = double.PositiveInfinity,
                Note = $"{Timeouts(sample, run.Load)}: slower than any limit, so there is no mean below one",
            };
        }

        var tau = run.Clustered(budget.Metric, run.TauOfValues(), sample.Count);
        var effective = Math.Max(1, Math.Floor(sample.Count / tau));
        var rounds = run.ByRound(budget.Metric).Select(s => s.Mean).ToArray();
        var estimate = new Estimate(sample.Mean, sample.Count, Bounds) { EffectiveCount = effective };
        return estimate.Hold(budget, level, "two independent requests are needed for an interval");

        // From five rounds on the wider of both ends: the rounds see what changes slowly, the requests what changes quickly.
        Interval? Bounds(double tail)
        {
            var byRequests = Student.MeanBounds(sample.Mean, sample.StandardDeviation, effective, tail);
            return rounds.Length >= MeasuredRun.EnoughRounds
                && byRequests is { } a && Student.MeanBounds(rounds, tail) is { } b
                ? new Interval(Math.Min(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper))
                : byRequests;
        }
    }

    private static Finding Max(Budget budget, HistogramSample sample, LoadPlan load)
    {
        var holds = sample.Exceeding(Holds.Limit(budget), Holds.EqualBreaks(budget)) == 0;
        return new Finding(holds ? Verdict.Met : Verdict.Broken, sample.Count)
        {
            Observed = sample.Max,
            ObservedHolds = holds,
            Note = sample.Beyond > 0 ? $"of this run, in which {Timeouts(sample, load)}" : "of this run: it says nothing about the next one",
        };
    }

    private static string Timeouts(HistogramSample sample, LoadPlan load) =>
        $"{Say.Count(sample.Beyond)} of {Say.Count(sample.Count)} requests timed out after {Say.Duration(load.RequestTimeout)}";

    private static string? Partial(Metric metric, HistogramSample sample, MeasuredRun run)
    {
        // Each timeout is an observation of the time to first token, known or not.
        var values = metric.Family == MetricFamily.TimeToFirstToken ? sample.Count - run.Rounds.Sum(r => r.TimedOut) : sample.Count;
        return metric.Family is MetricFamily.TimeToFirstToken or MetricFamily.Recorded && values < run.Succeeded
            ? $"only {Say.Count(values)} values from {Say.Count(run.Succeeded)} successful requests"
            : null;
    }

    private static string? Join(string? first, string? second) =>
        first is null ? second : second is null ? first : $"{first}; {second}";
}
