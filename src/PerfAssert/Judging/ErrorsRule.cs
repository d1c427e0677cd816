using PerfAssert.Budgets;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>The share of failed requests.</summary>
internal static class ErrorsRule
{
    public static Finding Judge(Budget budget, MeasuredRun run, Level level)
    {
        var (limit, count, failed) = (Holds.Limit(budget), run.Requests, run.Failed);
        var observed = (double)failed / count;

        // Without a failure there is nothing to be correlated: the plain bound of about 3/n.
        var tau = failed == 0 ? 1 : run.TauOfFailures();
        var effective = (long)Math.Floor(count / tau);
        var shown = Proportion.Around(failed / tau, effective, level.DisplayTail);
        var finding = new Finding(Verdict.Inconclusive, count)
        {
            Observed = observed,
            ObservedHolds = Holds.At(budget, observed),
            Lower = shown.Lower,
            Upper = shown.Upper,
            EffectiveCount = effective,
        };
        return limit is > 0 and < 1 ? ByCount(finding, budget, run, tau, level) : ByFact(finding, effective, level);
    }

    /// <summary>A limit of 0 is broken by one failure; one of 100 % cannot be. No statistics between them.</summary>
    private static Finding ByFact(Finding finding, long effective, Level level) => finding with
    {
        Verdict = finding.ObservedHolds ? Verdict.Met : Verdict.Broken,
        Note = finding.ObservedHolds && finding.Observed == 0
            ? $"0 of {Say.Count(finding.Count)}; up to {Say.Percent(UnseenShare(effective, level))} would go unseen"
            : null,
    };

    private static Finding ByCount(Finding finding, Budget budget, MeasuredRun run, double tau, Level level)
    {
        var shares = run.Rounds.Where(r => r.Requests > 0).Select(r => (double)r.Failed / r.Requests).ToArray();
        var rule = new ShareRule(run.Requests, run.Failed, Holds.Limit(budget), tau, shares, level);
        var open = rule.Result == Verdict.Inconclusive;
        return finding with
        {
            Verdict = rule.Result,
            NeededCount = open ? rule.NeededCount : null,
            Note = open ? rule.Explain($"errors of {budget.Limit.Amount} at most", "failed") : null,
        };
    }

    /// <summary>The largest share that shows no failure with probability a: 1 − a^(1/n), about 3/n at 5 %.</summary>
    private static double UnseenShare(long count, Level level) =>
        count == 0 ? 1 : -Math.Exp(Math.Log(level.PerLook) / count) + 1;
}
