using PerfAssert.Expressions;
using PerfAssert.Measurements;

namespace PerfAssert.Budgets;

/// <summary>The budget grammar: <c>budget := metric ("&lt;" | "&lt;=" | ">" | ">=") limit</c>.</summary>
internal static class BudgetParser
{
    public static Budget Parse(string? text)
    {
        var scanner = new ExpressionScanner(text);
        if (scanner.AtEnd)
        {
            throw scanner.Unexpected("a budget such as 'p99 < 200 ms'");
        }

        var metric = MetricParser.Read(scanner);
        var comparison = ReadComparison(scanner, metric);
        var limit = ReadLimit(scanner, metric, comparison);
        if (scanner.TryRead(",") || scanner.TryRead("and"))
        {
            throw scanner.Error(scanner.Column, "found a second budget, expected one budget a string: [Budget(\"p99 < 200 ms\", \"errors < 1 %\")]");
        }

        scanner.ReadEnd();
        return new Budget(metric, comparison, limit);
    }

    private static Comparison ReadComparison(ExpressionScanner scanner, Metric metric)
    {
        var column = scanner.Column;
        foreach (var (symbol, comparison) in Comparisons.All)
        {
            if (!scanner.TryRead(symbol))
            {
                continue;
            }

            return comparison.WantsMore() == metric.HigherIsBetter
                ? comparison
                : throw scanner.Error(
                    column,
                    $"found '{symbol}' after {metric.Name}, expected {(metric.HigherIsBetter ? "> or >=: more" : "< or <=: less")} is better");
        }

        throw scanner.Unexpected("<", "<=", ">", ">=");
    }

    private static Limit ReadLimit(ExpressionScanner scanner, Metric metric, Comparison comparison)
    {
        if (scanner.TryRead("baseline"))
        {
            return ReadRelative(scanner, metric, BudgetKind.Baseline);
        }

        return scanner.TryRead("reference")
            ? ReadRelative(scanner, metric, BudgetKind.Reference)
            : new Limit(BudgetKind.Absolute, ReadAbsolute(scanner, metric, comparison), 0, null);
    }

    private static Amount ReadAbsolute(ExpressionScanner scanner, Metric metric, Comparison comparison)
    {
        if (scanner.PeekName().Length > 0)
        {
            throw scanner.Unexpected("a number", "baseline", "reference");
        }

        var column = scanner.Column;
        var amount = AmountReader.Read(scanner, metric.Quantity, metric.Name);
        if (metric.Quantity == Quantity.Share && amount.Number > 100)
        {
            throw scanner.Error(column, $"found {amount}, expected 0 % to 100 %: {metric.Name} is a share");
        }

        return (comparison, amount.Number) switch
        {
            (Comparison.Less, 0) => throw scanner.Error(column, $"found {metric.Name} < {amount}, which nothing can meet, expected more than 0; <= {amount} allows none"),
            (Comparison.GreaterOrEqual, 0) => throw scanner.Error(column, $"found {metric.Name} >= {amount}, which everything meets, expected more than 0"),
            _ => amount,
        };
    }

    private static Limit ReadRelative(ExpressionScanner scanner, Metric metric, BudgetKind kind)
    {
        var negative = scanner.TryRead("-");
        if (!negative && !scanner.TryRead("+"))
        {
            scanner.ReadEnd("+", "-");
            return new Limit(kind, null, 0, null);
        }

        var percent = ReadPercent(scanner, mustStayAboveZero: negative);
        var floor = scanner.TryRead("or") ? AmountReader.Read(scanner, metric.Quantity, metric.Name) : null;
        return new Limit(kind, null, negative ? -percent : percent, floor);
    }

    private static decimal ReadPercent(ExpressionScanner scanner, bool mustStayAboveZero)
    {
        var column = scanner.Column;
        var percent = scanner.ReadNumber("a number and %, such as 10 %");
        scanner.Read("%");
        return mustStayAboveZero && percent >= 100
            ? throw scanner.Error(column, $"found - {Units.Format(percent, "%")}, expected less than 100 %: the limit would be 0 or below")
            : percent;
    }
}
