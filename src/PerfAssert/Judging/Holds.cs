using PerfAssert.Budgets;

namespace PerfAssert.Judging;

/// <summary>How a value stands to an absolute limit.</summary>
internal static class Holds
{
    public static bool At(Budget budget, double value) => budget.Comparison switch
    {
        Comparison.Less => value < Limit(budget),
        Comparison.LessOrEqual => value <= Limit(budget),
        Comparison.Greater => value > Limit(budget),
        _ => value >= Limit(budget),
    };

    /// <summary>The limit in the base unit.</summary>
    public static double Limit(Budget budget) =>
        budget.Limit.Amount?.Value ?? throw new ArgumentException("Only an absolute budget has an amount.", nameof(budget));

    /// <summary>Whether a value equal to the limit breaks the budget.</summary>
    public static bool EqualBreaks(Budget budget) => budget.Comparison is Comparison.Less or Comparison.Greater;
}
