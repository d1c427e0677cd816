using PerfAssert.Budgets;

namespace PerfAssert.Planning;

/// <summary>A budget and where it came from.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Source">For people: <c>[Budget] on the method</c>, <c>perf-budgets.json:12:20</c>, <c>default</c>.</param>
internal sealed record PlannedBudget(Budget Budget, string Source)
{
    /// <summary>Nobody declared it: it is the limit of 0 that stands in for an errors budget.</summary>
    public bool IsImplied { get; init; }

    /// <summary>The <see cref="DeclaredBudget.Place"/> it was declared in; <see langword="null"/>: it was not declared at the test.</summary>
    public int? Place { get; init; }
}
