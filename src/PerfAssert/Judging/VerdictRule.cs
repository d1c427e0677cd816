using PerfAssert.Budgets;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>What the policy makes of a finding.</summary>
internal static class VerdictRule
{
    public static BudgetVerdict Apply(PlannedBudget budget, Finding finding, VerdictPolicy policy, bool valid)
    {
        var decided = finding.Verdict is Verdict.Met or Verdict.Broken or Verdict.Inconclusive;
        if (!valid && decided)
        {
            var unjudged = finding with { Verdict = Verdict.Inconclusive, NeededCount = null, AwaitsConfirmation = false, Note = "not judged: the run is invalid" };
            return Line(budget, unjudged, passed: false, warned: false);
        }

        return finding.Verdict switch
        {
            Verdict.Met => Line(budget, finding, passed: true, warned: false),
            Verdict.Inconclusive => Inconclusive(budget, finding, policy.Inconclusive),
            Verdict.NotComparable when policy.NotComparable == NotComparablePolicy.Warn => Line(budget, finding, passed: true, warned: true),
            _ => Line(budget, finding, passed: false, warned: false),
        };
    }

    private static BudgetVerdict Inconclusive(PlannedBudget budget, Finding finding, InconclusivePolicy policy)
    {
        var byObservation = policy == InconclusivePolicy.Observed && budget.Budget.Kind == BudgetKind.Absolute;
        return byObservation
            ? Line(budget, finding, passed: finding.ObservedHolds, warned: false)
            : Line(budget, finding, passed: policy != InconclusivePolicy.Fail, warned: policy != InconclusivePolicy.Fail);
    }

    private static BudgetVerdict Line(PlannedBudget budget, Finding finding, bool passed, bool warned) => new()
    {
        Budget = budget,
        Verdict = finding.Verdict,
        Passed = passed,
        Warned = warned,
        Observed = finding.Observed,
        Lower = finding.Lower,
        Upper = finding.Upper,
        Count = finding.Count,
        EffectiveCount = finding.EffectiveCount,
        NeededCount = finding.NeededCount,
        Note = finding.Note,
        Change = finding.Change,
        AwaitsConfirmation = finding.AwaitsConfirmation,
    };
}
