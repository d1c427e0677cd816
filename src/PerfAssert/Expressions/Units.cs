using System.Globalization;

namespace PerfAssert.Expressions;

/// <summary>Units and their factors to the base unit.</summary>
internal static class Units
{
    /// <summary>The value in the base unit.</summary>
    public static double ToBase(decimal number, string unit) => (double)(number * Factor(unit));

    /// <summary>The number and unit as the grammars print and read them.</summary>
    public static string Format(decimal number, string unit)
    {
        var text = number.ToString("0.############################", CultureInfo.InvariantCulture);
        return unit.Length == 0 ? text : text + " " + unit;
    }

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
