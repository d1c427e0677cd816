namespace PerfAssert.Expressions;

/// <summary>Reads a number with a unit of a given quantity.</summary>
internal static class AmountReader
{
    /// <summary>Reads <c>200 ms</c>, <c>0.1 %</c>, <c>180 /s</c>, <c>0.02</c>.</summary>
    public static Amount Read(ExpressionScanner scanner, Quantity quantity, string metric)
    {
        var number = scanner.ReadNumber("a number");
        return new Amount(number, ReadUnit(scanner, quantity, metric));
    }

    private static string ReadUnit(ExpressionScanner scanner, Quantity quantity, string metric)
    {
        var column = scanner.Column;
        var spelling = scanner.ReadUnit();
        if (Units.Find(quantity, spelling) is { } unit)
        {
            return unit;
        }

        if (spelling.Length == 0 && !scanner.AtEnd)
        {
            throw scanner.Unexpected([.. Units.NamesOf(quantity)]);
        }

        var found = spelling.Length == 0 ? "no unit" : $"unit '{spelling}'";
        throw scanner.Error(column, $"found {found} for {metric}, expected {Suggestion.List(Units.NamesOf(quantity))}");
    }
}
