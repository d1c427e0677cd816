using PerfAssert.Budgets;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>When a load may end before its declared length, because measuring on could change no verdict.</summary>
/// <remarks>Cost: looks come at 10, 20, 40 s…, so their number grows with the logarithm of the length; each merges the histograms once and
/// judges them (<c>benchmarks/Micro</c>), on a thread that sends nothing.</remarks>
internal static class EarlyEndRule
{
    /// <summary>No load ends earlier: what happens once in a few seconds (a collection, a cache refresh) is seen.</summary>
    public static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(10);

    /// <summary>Nor with fewer requests.</summary>
    public const int FewestRequests = 1000;

    // Of the requests sent, where a budget is on a rate or on cost: their last answers then take no more than about that share of the time.
    private const double MostInFlight = 0.01;

    /// <summary>
    /// Whether the plan allows it. One steady phase only: a later phase, or a later part of a trace, is another question. One round only: rounds were asked for
    /// because they are replicates. Absolute budgets only: the others compare rounds.
    /// </summary>
    public static bool Allows(PerfPlan plan) =>
        plan is { Mode: PerfMode.Gate, Load: { EarlyEnd: true, Rounds: 1 } }
        && plan.Load.Expression.Phases is [.. var rampUp, not (LoadPhase.RateRamp or LoadPhase.UserRamp or LoadPhase.Trace)]
        && rampUp.All(phase => phase is LoadPhase.RateRamp or LoadPhase.UserRamp)
        && plan.Budgets.All(budget => budget.Budget.Kind == BudgetKind.Absolute);

    /// <summary>Whether every budget is proved, met or broken, at the level of this interim look.</summary>
    public static bool IsDecided(PerfPlan plan, Measurement measurement, Level level)
    {
        if (measurement.Rounds.Sum(round => round.Requests) < FewestRequests
            || (measurement.OpenLoop && Drains(measurement) && plan.Budgets.Any(planned => IsPerTime(planned.Budget.Metric.Family))))
        {
            return false;
        }

        var judgement = Judge.Decide(plan, measurement, level);
        return judgement.InvalidReasons.IsEmpty && judgement.Verdicts.All(verdict => IsFinal(verdict) && (verdict.Verdict == Verdict.Broken || !Queues(measurement)));
    }

    // Until the last answer nothing is sent, which weighs more on what is counted by time the earlier a load ends.
    private static bool Drains(Measurement measurement) =>
        measurement.Rounds.Any(round => round.InFlight > MostInFlight * round.Scheduled);

    private static bool IsPerTime(MetricFamily family) => family
        is MetricFamily.Throughput or MetricFamily.Goodput or MetricFamily.OutputTokens or MetricFamily.InputTokens
        or MetricFamily.CostPerThousandRequests or MetricFamily.CostPerMillionTokens;

    // What waits for a place at MaxInFlight is a queue that grows: requests yet to come take longer than those seen.
    private static bool Queues(Measurement measurement) => measurement.Rounds.Any(round => round.QueuedAtMaxInFlight > 0);

    // A maximum, and a limit of no failure at all, hold until the first request that breaks them: only the whole load can show that
    // they do. The limit that stands in for a missing errors budget does not keep a test going.
    private static bool IsFinal(BudgetVerdict verdict) => verdict.Verdict switch
    {
        Verdict.Broken => true,
        Verdict.Met => verdict.Budget.IsImplied || !IsFact(verdict.Budget.Budget),
        _ => false,
    };

    private static bool IsFact(Budget budget) =>
        budget.Metric.Statistic == Statistic.Max
        || (budget.Metric.Family == MetricFamily.Errors && Holds.Limit(budget) is not (> 0 and < 1));
}
