using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>Why two versions that were measured in one run cannot be compared. One reason, one sentence.</summary>
internal static class Comparability
{
    /// <summary>Requests sent of those scheduled, in which they may differ.</summary>
    private const double RateBand = 0.02;

    /// <summary>The reason; <see langword="null"/>: they can be compared.</summary>
    public static string? Problem(Budget budget, MeasuredRun candidate, MeasuredRun reference, VerdictPolicy policy) =>
        Reference(candidate, reference)
        ?? Workload.Of("the candidate", candidate.Rounds).Problem(Workload.Of("the reference", reference.Rounds), budget, policy)
        ?? (budget.Metric.Family == MetricFamily.Errors ? null : Rate(candidate, reference));

    private static string? Reference(MeasuredRun candidate, MeasuredRun reference) =>
        reference.Requests == 0 ? "no reference was measured in this run"
        : candidate.Rounds.Concat(reference.Rounds).Any(r => r.Requests > 0 && !r.VariantRead)
            ? "the test method did not ask for request.Variant in every round, so both versions are the same endpoint: " +
              "send each request to the version that request.Variant names"
        : reference.Succeeded == 0 ? $"no request to the reference succeeded: all {Say.Count(reference.Requests)} failed"
        : null;

    private static string? Rate(MeasuredRun candidate, MeasuredRun reference)
    {
        var (sent, otherSent) = (ClientBoundRules.AchievedShare(candidate), ClientBoundRules.AchievedShare(reference));
        return Math.Abs(sent - otherSent) <= RateBand ? null
            : $"{Say.Percent(sent)} of the scheduled rate was sent to the candidate and {Say.Percent(otherSent)} to the reference: " +
              $"more than {Say.Figure(RateBand * 100)} points apart";
    }
}
