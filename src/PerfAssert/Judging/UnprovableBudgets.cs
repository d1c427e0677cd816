using System.Collections.Immutable;
using PerfAssert.Budgets;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>Which budgets a load of known length can never prove: said before the first request, not as a surprise after the last.</summary>
internal static class UnprovableBudgets
{
    /// <summary>A Poisson count is practically never more than this many standard deviations above its mean.</summary>
    private const double PoissonDeviations = 4;

    public static ImmutableArray<UnprovableBudget> Of(PerfPlan plan, int looks)
    {
        if (plan.Mode != PerfMode.Gate || RequestsPerRound(plan.Load) is not { } perRound)
        {
            return [];
        }

        var planned = (long)Math.Min((decimal)perRound * plan.Load.Rounds * looks, long.MaxValue);
        var level = Level.Whole(plan.Policy.Confidence, looks);
        return [.. plan.Budgets
            .Select(b => (Budget: b, Allowed: AllowedShare(b.Budget)))
            .Where(b => b.Allowed is > 0 and < 1)
            .Select(b => new UnprovableBudget(b.Budget, planned, ExceedanceTest.MinimumCount(b.Allowed!.Value, level.PerLook)))
            .Where(u => u.Needed > u.Planned)];
    }

    /// <summary>The share of requests a budget allows to be over its limit; <see langword="null"/>: it is no budget on a share.</summary>
    private static double? AllowedShare(Budget budget) => budget switch
    {
        { Kind: not BudgetKind.Absolute } => null,
        { Metric.Family: MetricFamily.Errors } => Holds.Limit(budget),
        { Metric.Statistic: Statistic.Percentile, Metric: var metric } when Series.IsDuration(metric) =>
            (double)(1 - (metric.Percentile / 100m)),
        _ => null,
    };

    /// <summary>At most this many; <see langword="null"/>: how many depends on the server.</summary>
    private static long? RequestsPerRound(LoadPlan load)
    {
        var sum = 0L;
        foreach (var phase in load.Expression.Phases)
        {
            if (Requests(phase, load.Arrivals) is not { } requests)
            {
                return null;
            }

            sum += requests;
        }

        return sum;
    }

    private static long? Requests(LoadPhase phase, Arrivals arrivals) => phase switch
    {
        LoadPhase.FixedRequests p => p.Requests,
        LoadPhase.ConstantUsers p => p.Requests,
        LoadPhase.ConstantRate { Requests: { } requests } => requests,
        LoadPhase.ConstantRate { Duration: { } duration } p => OpenLoop((double)p.Rate * duration.TotalSeconds, arrivals),
        LoadPhase.RateRamp p => OpenLoop((double)(p.From + p.To) / 2 * p.Duration.TotalSeconds, arrivals),
        LoadPhase.Trace { Recorded: { } recorded } => recorded.Count,
        _ => null,
    };

    private static long OpenLoop(double mean, Arrivals arrivals) =>
        (long)Math.Ceiling(arrivals == Arrivals.Poisson ? mean + (PoissonDeviations * Math.Sqrt(mean)) : mean);
}
