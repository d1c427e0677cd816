using System.Globalization;

namespace PerfAssert.Load;

/// <summary>A timestamp of a trace: a number of milliseconds, or a date and time.</summary>
internal static class TraceTimestamp
{
    /// <summary>What a timestamp is, for people.</summary>
    public const string Expected = "milliseconds such as 1500, or a date and time such as 2024-05-10 00:00:00.009";

    private const NumberStyles Style = NumberStyles.Float;
    private const long NanosecondsPerTick = 100;

    /// <summary>Reads a timestamp.</summary>
    /// <exception cref="TraceLineException">It is none.</exception>
    public static decimal Read(ReadOnlySpan<char> text, int column)
    {
        if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var milliseconds) && Math.Abs(milliseconds) < 1e18m)
        {
            return milliseconds * 1_000_000;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time)
            ? (decimal)time.UtcTicks * NanosecondsPerTick
            : throw new TraceLineException(column, $"found '{TraceFile.Shown(text)}', expected {Expected}");
    }
}
