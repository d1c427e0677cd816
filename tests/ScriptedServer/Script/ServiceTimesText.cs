using System.Globalization;
using Scripted.Options;

namespace Scripted.Script;

/// <summary>Reads service times from the command line.</summary>
internal static class ServiceTimesText
{
    public const string Expected =
        "none, constant:5ms, lognormal:20ms,0.5 (median, sigma) or bimodal:5ms,50ms,0.1 (fast, slow, share of slow ones)";

    public static bool TryParse(string text, out ServiceTimes times)
    {
        times = new NoServiceTime();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, arguments) = colon < 0 ? (text, []) : (text[..colon], text[(colon + 1)..].Split(','));
        switch (kind, arguments.Length)
        {
            case ("none", 0):
                return true;
            case ("constant", 1) when DurationText.TryParse(arguments[0], out var constant):
                times = new ConstantServiceTime(constant);
                return true;
            case ("lognormal", 2) when DurationText.TryParse(arguments[0], out var median) && median > 0
                && TryParse(arguments[1], 10, out var sigma):
                times = new LogNormalServiceTime(median, sigma);
                return true;
            case ("bimodal", 3) when DurationText.TryParse(arguments[0], out var fast) && DurationText.TryParse(arguments[1], out var slow)
                && TryParse(arguments[2], 1, out var share):
                times = new BimodalServiceTime(fast, slow, share);
                return true;
            default:
                return false;
        }
    }

    private static bool TryParse(string text, double highest, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value <= highest;
}
