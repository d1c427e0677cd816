using System.Globalization;

namespace GateQuality.Parts;

/// <summary>Shares as people read them, and targets.</summary>
internal static class Report
{
    public static string Percent(double share) => (share * 100).ToString(share < .01 ? "0.###" : "0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A share of so many, with its standard error.</summary>
    public static string WithError(double share, double of) => $"{Percent(share)} ± {Percent(Math.Sqrt(share * (1 - share) / of))}";

    /// <summary>Prints whether a target was reached, with why it can be missed when it was, and gives it back.</summary>
    public static bool Target(string what, string seen, string wanted, bool reached, string? why = null)
    {
        Console.WriteLine($"- {(reached ? "reached" : "MISSED")}: {what} {seen}, wanted {wanted}{(reached || why is null ? "" : $"; {why}")}");
        return reached;
    }
}
