using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>What people should know about relative budgets that this plan can hardly decide. One rule, one sentence.</summary>
internal static class RelativeWarnings
{
    private const double Level = 0.01;
    private const double Power = 0.8;

    public static IEnumerable<string> Of(PerfPlan plan, MeasuredRun run) => plan.Budgets.Select(planned => planned.Budget)
        .SelectMany(budget => new[] { Undetectable(budget, plan), ShortRounds(budget, plan, run) }).OfType<string>();

    /// <summary>Against a reference, by the noise of rounds that was calibrated; budgets against a baseline say it beside their verdict.</summary>
    private static string? Undetectable(Budget budget, PerfPlan plan)
    {
        if (budget is not { Kind: BudgetKind.Reference, Limit: { Floor: null, Percent: not 0 } } || plan.Stored?.NoiseOf(budget.Metric.Name) is not { RoundDeviation: > 0 } noise)
        {
            return null;
        }

        // Both versions have the noise of a round.
        var allowed = Math.Abs(Math.Log(1 + ((double)budget.Limit.Percent / 100)));
        var needed = Math.Ceiling((double)DetectableShift.Rounds(allowed / (Math.Sqrt(2) * noise.RoundDeviation), Level, Power));
        return needed <= plan.Load.Rounds ? null
            : $"{budget} is undetectable here by {plan.Load.Rounds} rounds: about {Say.Count(needed)} show such a change in 4 of 5 cases (`perfgate calibrate`)";
    }

    /// <summary>Against a baseline, where rounds show too little of a percentile's tail; a comparison with a reference does not judge those at all.</summary>
    private static string? ShortRounds(Budget budget, PerfPlan plan, MeasuredRun run)
    {
        if (budget is not { Kind: BudgetKind.Baseline, Metric.Statistic: Statistic.Percentile } || run.ByRound(budget.Metric) is not [_, ..] rounds)
        {
            return null;
        }

        var (fewest, needed) = (rounds.Min(round => round.Count), ReferenceRule.RequestsFor(budget.Metric));
        return fewest >= needed ? null
            : $"{budget}: {budget.Metric.Name} of a round with {Say.Count(fewest)} requests is that of its slowest few and varies with them; " +
              $"{Say.Count(needed)} a round, {Say.Count(needed * plan.Load.Rounds)} in all, make it steady";
    }
}
