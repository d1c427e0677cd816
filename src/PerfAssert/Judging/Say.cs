using System.Globalization;

namespace PerfAssert.Judging;

/// <summary>Figures in sentences, the same in every culture.</summary>
internal static class Say
{
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => Figure(share * 100) + " %";

    public static string Rate(double perSecond) => Figure(perSecond) + " /s";

    public static string Duration(TimeSpan duration) => Duration(duration.Ticks * 100.0);

    public static string Duration(double nanoseconds) => Math.Abs(nanoseconds) switch
    {
        < 1e3 => Figure(nanoseconds) + " ns",
        < 1e6 => Figure(nanoseconds / 1e3) + " µs",
        < 1e9 => Figure(nanoseconds / 1e6) + " ms",
        _ => Figure(nanoseconds / 1e9) + " s",
    };

    /// <summary>Three significant figures, never an exponent and never fewer than all digits before the point.</summary>
    public static string Figure(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15);
        return Math.Round(value, decimals).ToString("#,0.###############", CultureInfo.InvariantCulture);
    }
}
