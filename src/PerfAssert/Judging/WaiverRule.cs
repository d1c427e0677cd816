using System.Collections.Immutable;
using PerfAssert.Budgets;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>
/// Budgets that may be broken for a while. A waiver acts on the one budget it names, up to its ceiling and its last day, and wherever it acts
/// the result says so. It never lets pass what was not measured.
/// </summary>
internal static class WaiverRule
{
    /// <summary>The verdicts with the waivers' say, and what to know about waivers that did nothing.</summary>
    /// <param name="plan">The plan, with its waivers.</param>
    /// <param name="verdicts">What policy made of the findings.</param>
    /// <param name="find">What the sample says about a ceiling.</param>
    public static (ImmutableArray<BudgetVerdict> Verdicts, ImmutableArray<string> Warnings) Apply(
        PerfPlan plan, ImmutableArray<BudgetVerdict> verdicts, Func<Budget, Finding> find)
    {
        if (plan.Waivers.IsEmpty)
        {
            return (verdicts, []);
        }

        var applied = verdicts.Select(verdict => Of(plan, verdict.Budget.Budget) is { } waiver && !verdict.Passed && CanBeWaived(verdict)
            ? Apply(waiver, verdict, find)
            : verdict);
        var idle = plan.Waivers.Where(waiver => !verdicts.Any(verdict => verdict.Budget.Budget == waiver.Budget && !verdict.Passed)).Select(waiver =>
            verdicts.Any(verdict => verdict.Budget.Budget == waiver.Budget)
                ? $"the waiver of {waiver.Budget} is not used: the budget passes; take it out ({waiver.Source})"
                : $"the waiver of {waiver.Budget} is not used: this test has no such budget ({waiver.Source})");
        return ([.. applied], [.. idle]);
    }

    private static PlannedWaiver? Of(PerfPlan plan, Budget budget) => plan.Waivers.FirstOrDefault(waiver => waiver.Budget == budget);

    private static bool CanBeWaived(BudgetVerdict verdict) => verdict.Verdict is Verdict.Broken or Verdict.Inconclusive;

    private static BudgetVerdict Apply(PlannedWaiver waiver, BudgetVerdict verdict, Func<Budget, Finding> find)
    {
        if (waiver.Expired)
        {
            return verdict with { Note = Join(verdict.Note, $"the waiver has expired: {waiver}") };
        }

        var ceiling = find(waiver.Ceiling);
        return Holds(waiver.Ceiling, ceiling)
            ? verdict with { Passed = true, Warned = true, Note = Join(verdict.Note, $"waived {waiver}") }
            : verdict with { Note = Join(verdict.Note, $"beyond the ceiling of its waiver {waiver}") };
    }

    /// <summary>The observed value is within the ceiling; of a relative one, the observed change is.</summary>
    private static bool Holds(Budget ceiling, Finding finding) => ceiling.Kind == BudgetKind.Absolute
        ? finding.ObservedHolds
        : finding is { Verdict: Verdict.Met or Verdict.Inconclusive, Change: { } change }
            && (ceiling.Metric.HigherIsBetter ? change.Estimate >= change.Allowed : change.Estimate <= change.Allowed);

    private static string Join(string? first, string second) => first is null ? second : $"{first}; {second}";
}
