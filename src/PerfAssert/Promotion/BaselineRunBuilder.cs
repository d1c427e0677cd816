using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Runs;

namespace PerfAssert.Promotion;

/// <summary>Takes from a run file what a baseline keeps.</summary>
internal static class BaselineRunBuilder
{
    private static readonly string[] Totals = ["errors", "rps", "goodput", "output tokens/s", "input tokens/s"];
    private static readonly string[] Latency = ["p50", "p90", "p95", "p99", "p99.9", "mean", "max"];
    private static readonly string[] Statistics = ["p50", "p90", "p95", "p99", "mean"];

    public static BaselineRun Build(RunFile run, string source)
    {
        var rounds = run.Rounds.Where(round => round.Variant == Variant.Candidate).Select(RoundBuilder.Restore).ToList();
        return new BaselineRun
        {
            At = run.StartedAt,
            Commit = run.Commit,
            Source = source,
            Requests = rounds.Sum(round => round.Requests),
            Failed = rounds.Sum(round => round.Failed),
            InputTokens = rounds.Sum(round => round.InputTokens),
            OutputTokens = rounds.Sum(round => round.OutputTokens),
            Values = ValuesOf(run, rounds),
            Conditions = RunConditions.Of(run),
            GoodputLimits = RunConditions.GoodputOf(run),
            Histogram = HistogramCode.ToText(Histograms.Merge(rounds.Select(round => round.Latency))),
        };
    }

    /// <summary>Every round's value of the usual metrics and of those the run had a budget for; without metrics that were not measured.</summary>
    private static ImmutableSortedDictionary<string, ImmutableArray<double?>> ValuesOf(RunFile run, List<Round> rounds)
    {
        var load = RunConditions.LoadOf(run);
        var metrics = Totals.Concat(Latency)
            .Concat(Statistics.Select(statistic => "service." + statistic))
            .Concat(rounds.SelectMany(round => round.Series.Keys).Distinct().SelectMany(series => Statistics.Select(statistic => $"{series}.{statistic}")))
            .Select(MetricParser.Parse)
            .Concat(RunConditions.BudgetsOf(run).Select(budget => budget.Metric));
        return metrics.DistinctBy(metric => metric.Name)
            .Select(metric => (metric.Name, Values: rounds.Select(round => RoundValue.Of(metric, round, load, run.Plan.Price?.UsdPerHour)).ToImmutableArray()))
            .Where(metric => metric.Values.Any(value => value is not null))
            .ToImmutableSortedDictionary(metric => metric.Name, metric => metric.Values, StringComparer.Ordinal);
    }
}
