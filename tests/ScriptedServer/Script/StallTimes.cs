using Scripted.Options;

namespace Scripted.Script;

/// <summary>When the server stalls, in nanoseconds.</summary>
/// <param name="After">From the first request to the start of the stall.</param>
/// <param name="Length">How long it lasts.</param>
internal sealed record StallTimes(long After, long Length)
{
    public const string Expected = "5s,2s (the first counted from the first request, the second how long it lasts)";

    public static bool TryParse(string text, out StallTimes? times)
    {
        times = null;
        var parts = text.Split(',');
        if (parts.Length == 2 && DurationText.TryParse(parts[0], out var after) && DurationText.TryParse(parts[1], out var length))
        {
            times = new StallTimes(after, length);
        }

        return times is not null;
    }
}
