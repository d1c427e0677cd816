using System.Globalization;

namespace Scripted.Options;

/// <summary>Durations as people write them, <c>250us</c>, <c>5ms</c> or <c>1.5s</c>, as nanoseconds.</summary>
internal static class DurationText
{
    private const long Longest = 3_600_000_000_000;

    public static bool TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var trimmed = text.Trim();
        var (number, unit) = trimmed switch
        {
            _ when trimmed.EndsWith("us", StringComparison.Ordinal) => (trimmed[..^2], 1_000m),
            _ when trimmed.EndsWith("ms", StringComparison.Ordinal) => (trimmed[..^2], 1_000_000m),
            _ when trimmed.EndsWith('s') => (trimmed[..^1], 1_000_000_000m),
            _ => (string.Empty, 0m),
        };
        if (!decimal.TryParse(number.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > Longest / unit)
        {
            return false;
        }

        nanoseconds = (long)(value * unit);
        return true;
    }
}
