using System.Globalization;

namespace PerfAssert.Expressions;

/// <summary>Lengths of time in loads and options: <c>500 ms</c>, <c>30 s</c>, <c>10 min</c>, <c>2 h</c>.</summary>
internal static class Durations
{
    private const int MostHours = 1000;

    private static readonly string[] UnitNames = ["ms", "s", "min", "h"];

    private static readonly Dictionary<string, string> OtherSpellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["m"] = "min", ["mins"] = "min", ["minute"] = "min", ["minutes"] = "min",
        ["sec"] = "s", ["secs"] = "s", ["second"] = "s", ["seconds"] = "s",
        ["hr"] = "h", ["hrs"] = "h", ["hour"] = "h", ["hours"] = "h",
        ["msec"] = "ms", ["millis"] = "ms", ["milliseconds"] = "ms",
    };

    /// <summary>Reads a whole text as a length of time.</summary>
    public static TimeSpan Parse(string? text)
    {
        var scanner = new ExpressionScanner(text);
        var column = scanner.Column;
        var duration = Read(scanner, scanner.ReadNumber("a length of time such as 30 s"), column);
        scanner.ReadEnd();
        return duration;
    }

    /// <summary>Reads a length of time above zero.</summary>
    public static TimeSpan ReadPositive(ExpressionScanner scanner)
    {
        var column = scanner.Column;
        var duration = Read(scanner, scanner.ReadNumber("a length of time such as 30 s"), column);
        return duration > TimeSpan.Zero
            ? duration
            : throw scanner.Error(column, "found a length of zero, expected more than 0");
    }

    /// <summary>Reads the unit after a number that stood at <paramref name="column"/>.</summary>
    public static TimeSpan Read(ExpressionScanner scanner, decimal number, int column)
    {
        var ticks = decimal.Round(number * ReadUnit(scanner));
        if (ticks > TimeSpan.TicksPerHour * MostHours)
        {
            throw scanner.Error(column, string.Format(CultureInfo.InvariantCulture, "found a length above {0} h, expected less", MostHours));
        }

        return number > 0 && ticks == 0
            ? throw scanner.Error(column, "found a length below 0.0001 ms, expected more")
            : TimeSpan.FromTicks((long)ticks);
    }

    /// <summary>The length in the largest unit that shows it as a whole number.</summary>
    public static string Format(TimeSpan duration)
    {
        var ticks = duration.Ticks;
        var (size, unit) = ticks switch
        {
            0 => (TimeSpan.TicksPerSecond, "s"),
            _ when ticks % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, "h"),
            _ when ticks % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, "min"),
            _ when ticks % TimeSpan.TicksPerSecond == 0 => (TimeSpan.TicksPerSecond, "s"),
            _ => (TimeSpan.TicksPerMillisecond, "ms"),
        };
        return Units.Format((decimal)ticks / size, unit);
    }

    private static long ReadUnit(ExpressionScanner scanner)
    {
        var unit = UnitNames.FirstOrDefault(scanner.TryRead);
        return unit switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "min" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            _ => throw UnknownUnit(scanner),
        };
    }

    private static PerfExpressionException UnknownUnit(ExpressionScanner scanner)
    {
        var column = scanner.Column;
        return OtherSpellings.TryGetValue(scanner.PeekName(), out var meant)
            ? scanner.Error(column, $"found '{scanner.PeekName()}', expected {Suggestion.List(UnitNames)}; did you mean '{meant}'?")
            : scanner.Unexpected(UnitNames);
    }
}
