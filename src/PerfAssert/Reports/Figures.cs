using System.Globalization;
using PerfAssert.Runs;

namespace PerfAssert.Reports;

/// <summary>Figures as people read them: a unit that fits the size, three significant digits, the same in every culture.</summary>
internal static class Figures
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "-";

    /// <summary>What stands for slower than everything.</summary>
    public const string TimedOut = "timed out";

    private static readonly (double Size, string Unit)[] Times = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns")];
    private static readonly (double Size, string Unit)[] Sizes = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"), (1, "B")];

    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count and the thing counted, in the plural unless there is one.</summary>
    public static string Count(long value, string thing) => Count(value) + " " + thing + (value == 1 ? string.Empty : "s");

    public static string Milliseconds(double value) => Nanoseconds(value * 1e6);

    public static string Nanoseconds(double? value, int digits = 3) => value switch
    {
        null => None,
        double.PositiveInfinity => TimedOut,
        { } time => Scaled(time, digits, Times),
    };

    public static string Share(double value, int digits = 3) => Number(value * 100, digits) + " %";

    public static string Rate(double value, int digits = 3) => Number(value, digits) + " /s";

    /// <summary>A change with its sign, to a hundredth: a ratio in percent, a difference of shares in percentage points (pp).</summary>
    public static string Change(double value, bool isDifference, int digits = 3) =>
        (value > 0 ? "+" : string.Empty) + Rounded(value * 100, Math.Clamp(Decimals(value * 100, digits), 0, digits - 1)) + (isDifference ? " pp" : " %");

    /// <summary>A change beside another: with as many digits as it takes to see that they differ.</summary>
    public static string DistinctChange(double value, double other, bool isDifference)
    {
        var digits = 3;
        while (digits < 7 && value != other && Change(value, isDifference, digits) == Change(other, isDifference, digits))
        {
            digits++;
        }

        return Change(value, isDifference, digits);
    }

    /// <summary>A value of a verdict in its unit.</summary>
    public static string Value(double? value, RunUnit unit, int digits = 3) => value switch
    {
        null => None,
        double.NaN => "not a number",
        double.PositiveInfinity => unit == RunUnit.Nanoseconds ? TimedOut : "unbounded",
        double.NegativeInfinity => "-unbounded",
        { } finite => unit switch
        {
            RunUnit.Nanoseconds => Nanoseconds(finite, digits),
            RunUnit.Share => Share(finite, digits),
            RunUnit.PerSecond => Rate(finite, digits),
            RunUnit.Usd => "$" + Number(finite, digits),
            RunUnit.Bytes => Scaled(finite, digits, Sizes),
            RunUnit.Watts => Number(finite, digits) + " W",
            _ => Number(finite, digits),
        },
    };

    /// <summary>A value beside another: with as many digits as it takes to see that they differ.</summary>
    public static string Distinct(double? value, double? other, RunUnit unit)
    {
        for (var digits = 3; digits < 7; digits++)
        {
            if (value == other || Value(value, unit, digits) != Value(other, unit, digits))
            {
                return Value(value, unit, digits);
            }
        }

        return Value(value, unit, 7);
    }

    /// <summary>A number with at least that many significant digits: never fewer than all those before the point.</summary>
    public static string Number(double value, int digits = 3) => Rounded(value, Math.Clamp(Decimals(value, digits), 0, 15));

    private static string Rounded(double value, int decimals) =>
        Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("#,0.###############", CultureInfo.InvariantCulture);

    // The unit is chosen for the number as it will read, so that 999.9 µs is 1 ms and not 1,000 µs.
    private static string Scaled(double value, int digits, (double Size, string Unit)[] units)
    {
        var half = Math.Pow(10, -Decimals(value, digits)) / 2;
        var (size, unit) = Array.Find(units, candidate => Math.Abs(value) + half >= candidate.Size) is { Size: > 0 } fit ? fit : units[^1];
        return Number(value / size, digits) + " " + unit;
    }

    private static int Decimals(double value, int digits) =>
        value == 0 || !double.IsFinite(value) ? 0 : digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
}
