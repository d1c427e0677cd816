using PerfAssert.Measurements;

namespace PerfAssert.Budgets;

/// <summary>A metric, a comparison and a limit. Printing it and parsing it again gives an equal value.</summary>
/// <param name="Metric">What is held against the limit.</param>
/// <param name="Comparison">How.</param>
/// <param name="Limit">The limit.</param>
internal sealed record Budget(Metric Metric, Comparison Comparison, Limit Limit)
{
    /// <summary>Absolute, baseline or reference.</summary>
    public BudgetKind Kind => Limit.Kind;
}
