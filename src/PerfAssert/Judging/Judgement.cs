using System.Collections.Immutable;

namespace PerfAssert.Judging;

/// <summary>What is decided about one test.</summary>
/// <param name="Passed">Whether the test passes.</param>
/// <param name="Verdicts">One for each budget, in the plan's order; empty in smoke mode, which judges none.</param>
/// <param name="InvalidReasons">Why the run says nothing about the server (client-bound, aborted); empty: it is valid. Never green.</param>
/// <param name="Warnings">What people should know beside the budgets.</param>
internal sealed record Judgement(
    bool Passed,
    ImmutableArray<BudgetVerdict> Verdicts,
    ImmutableArray<string> InvalidReasons,
    ImmutableArray<string> Warnings);
