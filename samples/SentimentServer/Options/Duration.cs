using System.Globalization;

namespace SentimentServer.Options;

/// <summary>Reads durations as people write them: <c>20 ms</c>, <c>1.5 s</c>.</summary>
internal static class Duration
{
    /// <summary>What a reader of an error message needs to know.</summary>
    public const string Expected = "a number and ms or s, such as \"20 ms\" or \"1.5 s\", in whole milliseconds and at most one hour";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var trimmed = text.Trim();
        var (number, millisecondsPerUnit) = trimmed switch
        {
            _ when trimmed.EndsWith("ms", StringComparison.Ordinal) => (trimmed[..^2], 1m),
            _ when trimmed.EndsWith('s') => (trimmed[..^1], 1000m),
            _ => (string.Empty, 0m),
        };

        if (!decimal.TryParse(number.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > 3_600_000)
        {
            return false;
        }

        // Timers resolve whole milliseconds: a finer value would be cut off silently.
        var milliseconds = value * millisecondsPerUnit;
        if (milliseconds > 3_600_000 || milliseconds != decimal.Truncate(milliseconds))
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds((long)milliseconds);
        return true;
    }
}
