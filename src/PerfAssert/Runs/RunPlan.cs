using System.Collections.Immutable;

namespace PerfAssert.Runs;

/// <summary>What was decided before the first request was sent.</summary>
/// <param name="Load">How requests were sent.</param>
/// <param name="Budgets">What must hold.</param>
/// <param name="Policy">How verdicts became pass or fail.</param>
/// <param name="Environment">The matched profile, or <c>default</c>.</param>
/// <param name="Price">What the environment costs; <see langword="null"/>: not declared.</param>
/// <param name="Notes">Every value that did not come from an attribute, with where it came from.</param>
internal sealed record RunPlan(
    RunLoad Load,
    ImmutableArray<RunBudget> Budgets,
    RunPolicy Policy,
    string Environment,
    RunPrice? Price,
    ImmutableArray<string> Notes);
