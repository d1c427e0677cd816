using System.Globalization;

namespace PerfAssert.Expressions;

/// <summary>Lengths of time in loads and options: <c>500 ms</c>, <c>30 s</c>, <c>10 min</c>, <c>2 h</c>.</summary>
internal static class Durations
{
    private const int MostHours = 1000;

    private static readonly string[] UnitNames = ["ms", "s", "min", "h"];

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
        var spelling = scanner.PeekName();
        return Meant(spelling) is { } unit
            ? scanner.Error(scanner.Column, $"found '{spelling}', expected {Suggestion.List(UnitNames)}; did you mean '{unit}'?")
            : scanner.Unexpected(UnitNames);
    }

    /// <summary>Spellings of other tools: too far from the unit for <see cref="Suggestion"/>.</summary>
    private static string? Meant(string spelling) => spelling.ToUpperInvariant() switch
    {
        "M" or "MINS" or "MINUTE" or "MINUTES" => "min",
        "SEC" or "SECS" or "SECOND" or "SECONDS" => "s",
        "HR" or "HRS" or "HOUR" or "HOURS" => "h",
        "MSEC" or "MILLIS" or "MILLISECONDS" => "ms",
        _ => null,
    };
}
