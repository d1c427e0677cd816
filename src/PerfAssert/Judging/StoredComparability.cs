using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>Whether a run did the same work as the stored ones. One reason, one sentence with both values.</summary>
internal static class StoredComparability
{
    /// <summary>The reason; <see langword="null"/>: it did.</summary>
    public static string? Problem(Budget budget, MeasuredRun run, ImmutableArray<BaselineRun> stored, VerdictPolicy policy)
    {
        if (budget.Metric.Family == MetricFamily.Errors || run.Succeeded == 0)
        {
            return null;
        }

        var (success, usual) = ((double)run.Succeeded / run.Requests, Median(stored, known => (double)known.Succeeded / known.Requests));
        return Math.Abs(success - usual) > policy.SuccessBand
            ? $"{Say.Percent(usual)} of the requests of stored runs succeeded and {Say.Percent(success)} here: " +
              $"more than {Say.Figure(policy.SuccessBand * 100)} points apart, so what is left is not alike"
            : Tokens("output", run.Rounds.Sum(r => r.OutputTokens), run, Median(stored, known => PerRequest(known.OutputTokens, known.Succeeded)), policy.TokenBand)
              ?? Tokens("input", run.Rounds.Sum(r => r.InputTokens), run, Median(stored, known => PerRequest(known.InputTokens, known.Succeeded)), policy.TokenBand);
    }

    private static string? Tokens(string which, long sum, MeasuredRun run, double usual, double band)
    {
        var here = PerRequest(sum, run.Succeeded);
        return Math.Abs(here - usual) <= band * usual ? null
            : $"stored runs have {Say.Figure(usual)} {which} tokens a request and this one has {Say.Figure(here)}: " +
              $"more than {Say.Percent(band)} apart, so durations are of different work";
    }

    private static double PerRequest(long sum, long requests) => requests == 0 ? 0 : (double)sum / requests;

    private static double Median(ImmutableArray<BaselineRun> stored, Func<BaselineRun, double> value) =>
        BaselineRun.Median([.. stored.Select(value)]) ?? 0;
}
