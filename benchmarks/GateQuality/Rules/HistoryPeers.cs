using System.Globalization;
using GateQuality.Histories;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace GateQuality.Rules;

/// <summary>Rules of other tools on the medians of builds.</summary>
internal static class HistoryPeers
{
    private const int Window = 64;
    private const int Netflix = 40;

    public static IReadOnlyList<AlarmRule> All { get; } =
    [
        Ratio(2.0),
        Ratio(1.10),
        Ratio(1.05),
        OfWindow("10 % of the mean of 64 (Bencher)", Window, (value, last) => Outside(value, last.Average() / 1.1, last.Average() * 1.1)),
        OfWindow("t .99 over 64 builds (Bencher)", Window, (value, last) => OutsideOfT(value, last, 0.99)),
        OfWindow("mean + 4 sd of 40", Netflix, (value, last) => Outside(value, last.Average() - (4 * last.StandardDeviation()), last.Average() + (4 * last.StandardDeviation()))),
        AlarmRule.OfBuild("Mann-Whitney p < .05 on runs and > 5 %", MannWhitney),
    ];

    private static AlarmRule Ratio(double most) => OfWindow(
        string.Create(CultureInfo.InvariantCulture, $"more than {(most - 1) * 100:0} % off the last"), 1, (value, last) => Outside(value, last[0] / most, last[0] * most));

    private static AlarmRule OfWindow(string name, int window, Func<double, double[], int> alarm) =>
        AlarmRule.OfBuild(name, (history, build) => alarm(history.Medians[build], history.Medians[Math.Max(0, build - window)..build]));

    private static int Outside(double value, double low, double high) => value > high ? 1 : value < low ? -1 : 0;

    // Without any variance there is no boundary, as in the original.
    private static int OutsideOfT(double value, double[] last, double level) => last.StandardDeviation() is > 0 and var deviation
        ? Outside((value - last.Average()) / deviation, -StudentT.InvCDF(0, 1, last.Length - 1, level), StudentT.InvCDF(0, 1, last.Length - 1, level))
        : 0;

    private static int MannWhitney(BuildHistory history, int build)
    {
        var (fresh, last) = (history.Builds[build].Runs, history.Builds[build - 1].Runs);
        var wins = fresh.Sum(one => last.Sum(other => one > other ? 1 : one < other ? 0 : 0.5));
        double n = fresh.Length, m = last.Length;
        var off = Math.Max(0, Math.Abs(wins - (n * m / 2)) - 0.5) / Math.Sqrt(n * m * (n + m + 1) / 12);
        return 2 * (1 - Normal.CDF(0, 1, off)) < 0.05
            ? Outside(history.Medians[build], history.Medians[build - 1] / 1.05, history.Medians[build - 1] * 1.05)
            : 0;
    }
}
