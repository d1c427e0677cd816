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
        Reference(candidate, reference) ?? (budget.Metric.Family == MetricFamily.Errors ? null : Bands(candidate, reference, policy));

    private static string? Reference(MeasuredRun candidate, MeasuredRun reference) =>
        reference.Requests == 0 ? "no reference was measured in this run"
        : candidate.Rounds.Concat(reference.Rounds).Any(r => r.Requests > 0 && !r.VariantRead)
            ? "the test method did not ask for request.Variant in every round, so both versions are the same endpoint: " +
              "send each request to the version that request.Variant names"
        : reference.Succeeded == 0 ? $"no request to the reference succeeded: all {Say.Count(reference.Requests)} failed"
        : null;

    private static string? Bands(MeasuredRun candidate, MeasuredRun reference, VerdictPolicy policy)
    {
        var (success, otherSuccess) = (Share(candidate), Share(reference));
        if (Math.Abs(success - otherSuccess) > policy.SuccessBand)
        {
            return $"{Say.Percent(success)} of the candidate's requests succeeded and {Say.Percent(otherSuccess)} of the reference's: " +
                $"more than {Say.Figure(policy.SuccessBand * 100)} points apart, so what is left is not alike";
        }

        if ((Tokens("output", candidate, reference, round => round.OutputTokens, policy.TokenBand)
            ?? Tokens("input", candidate, reference, round => round.InputTokens, policy.TokenBand)) is { } otherWork)
        {
            return otherWork;
        }

        var (sent, otherSent) = (ClientBoundRules.AchievedShare(candidate), ClientBoundRules.AchievedShare(reference));
        return Math.Abs(sent - otherSent) <= RateBand ? null
            : $"{Say.Percent(sent)} of the scheduled rate was sent to the candidate and {Say.Percent(otherSent)} to the reference: " +
              $"more than {Say.Figure(RateBand * 100)} points apart";
    }

    private static double Share(MeasuredRun run) => (double)run.Succeeded / run.Requests;

    private static string? Tokens(string which, MeasuredRun candidate, MeasuredRun reference, Func<Round, long> sum, double band)
    {
        var (here, there) = (PerRequest(candidate), PerRequest(reference));
        return Math.Abs(here - there) <= band * there ? null
            : $"the candidate has {Say.Figure(here)} {which} tokens a request and the reference {Say.Figure(there)}: " +
              $"more than {Say.Percent(band)} apart, so their durations are of different work";

        double PerRequest(MeasuredRun run) => run.Succeeded == 0 ? 0 : (double)run.Rounds.Sum(sum) / run.Succeeded;
    }
}
