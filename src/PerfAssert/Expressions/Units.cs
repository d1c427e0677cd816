using System.Globalization;

namespace PerfAssert.Expressions;

/// <summary>Units and their factors to the base unit.</summary>
internal static class Units
{
    private const string NoUnit = "no unit";

    /// <summary>The value in the base unit.</summary>
    public static double ToBase(decimal number, string unit) => (double)(number * Factor(unit));

    /// <summary>The number and unit as the grammars print and read them.</summary>
    public static string Format(decimal number, string unit)
    {
        var text = number.ToString("0.############################", CultureInfo.InvariantCulture);
        return unit.Length == 0 ? text : text + " " + unit;
    }

    /// <summary>The canonical symbol of a unit as typed, case ignored; <see langword="null"/> when the quantity has no such unit.</summary>
    public static string? Find(Quantity quantity, string spelling)
    {
        var symbol = spelling.ToUpperInvariant() switch
        {
            // Upper-casing turns both the micro sign and the Greek mu into a capital mu.
            "US" or "\u039CS" or "\u00B5S" => "µs",
            "USD" when quantity == Quantity.Usd => "",
            _ => spelling,
        };
        return SymbolsOf(quantity).FirstOrDefault(known => string.Equals(known, symbol, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What a quantity's units are called in messages.</summary>
    public static IReadOnlyList<string> NamesOf(Quantity quantity) => quantity == Quantity.Usd
        ? [NoUnit, "USD"]
        : [.. SymbolsOf(quantity).Select(symbol => symbol.Length == 0 ? NoUnit : symbol)];

    private static string[] SymbolsOf(Quantity quantity) => quantity switch
    {
        Quantity.Duration => ["µs", "ms", "s", "min", "h"],
        Quantity.Share => ["%"],
        Quantity.PerSecond => ["", "/s"],
        Quantity.Bytes => ["B", "KiB", "MiB", "GiB"],
        Quantity.Watt => ["W"],
        _ => [""],
    };

    private static decimal Factor(string unit) => unit switch
    {
        "µs" => 1_000m,
        "ms" => 1_000_000m,
        "s" => 1_000_000_000m,
        "min" => 60_000_000_000m,
        "h" => 3_600_000_000_000m,
        "%" => 0.01m,
        "" or "/s" or "W" or "B" => 1m,
        "KiB" => 1024m,
        "MiB" => 1024m * 1024m,
        "GiB" => 1024m * 1024m * 1024m,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Unknown unit."),
    };
}
