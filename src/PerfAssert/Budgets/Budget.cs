using System.Diagnostics.CodeAnalysis;
using PerfAssert.Expressions;
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

    /// <summary>Parses a budget.</summary>
    /// <exception cref="PerfExpressionException">It cannot be understood.</exception>
    public static Budget Parse(string? text) => BudgetParser.Parse(text);

    /// <summary>Parses a budget without throwing.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out Budget? budget, [NotNullWhen(false)] out PerfExpressionException? error)
    {
        try
        {
            (budget, error) = (Parse(text), null);
            return true;
        }
        catch (PerfExpressionException exception)
        {
            (budget, error) = (null, exception);
            return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Metric.Name} {Comparison.Symbol()} {Limit}";
}
