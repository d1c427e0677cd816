using System.Globalization;
using PerfAssert.Budgets;
using PerfAssert.Expressions;

namespace PerfAssert.Planning.Files;

/// <summary>What the strings of <c>perf-budgets.json</c> mean, beside loads and budgets.</summary>
internal static class BudgetsFileTexts
{
    public static string NotEmpty(string text) => string.IsNullOrWhiteSpace(text)
        ? throw new PerfExpressionException(text, 1, "found an empty text, expected a value")
        : text;

    /// <summary>A budget for every test can only be relative: no number fits them all.</summary>
    public static Budget Relative(string text)
    {
        var budget = Budget.Parse(text);
        return budget.Kind == BudgetKind.Absolute
            ? throw new PerfExpressionException(text, 1, "found an absolute budget, expected one relative to baseline or reference; absolute budgets stand in \"tests\"")
            : budget;
    }

    public static DateOnly Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new PerfExpressionException(text, 1, "found no date, expected one such as 2030-12-31");
}
