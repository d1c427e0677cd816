using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using PerfAssert.Baselines;
using PerfAssert.Measurements;
using PerfAssert.Runs;
using PerfAssert.Statistics;

namespace PerfAssert.Promotion;

/// <summary>What runs of unchanged code say about the noise of a machine.</summary>
internal static class Calibration
{
    /// <summary>Runs without which a deviation says nothing.</summary>
    public const int FewestRuns = 3;

    /// <summary>More rounds are not suggested: another statistic is needed then, or a quieter machine.</summary>
    public const int MostRounds = 100;

    private const double Level = 0.01;
    private const double Power = 0.8;
    private const int FewestRounds = 8;
    private const double Confidence = 0.95;

    /// <summary>A run that says something about the machine. One whose budgets are broken does.</summary>
    public static bool IsValid(RunFile run) => run.Mode == RunMode.Gate && run.Outcome != RunOutcome.Invalid;

    /// <summary>The noise of one test in one environment; <see langword="null"/>: too few valid runs.</summary>
    public static TestNoise? Of(IReadOnlyCollection<RunFile> runs)
    {
        var stored = runs.Where(IsValid).Select(run => BaselineRunBuilder.Build(run, "calibration")).ToList();
        return stored.Count < FewestRuns ? null : new TestNoise(
            runs.First().TestName,
            runs.First().Plan.Environment,
            stored[0].Values.Keys
                .Where(metric => metric != "errors")
                .Select(metric => (Metric: metric, Noise: Of(metric, stored)))
                .Where(item => item.Noise is not null)
                .ToImmutableSortedDictionary(item => item.Metric, item => item.Noise!, StringComparer.Ordinal),
            stored[^1].Conditions);
    }

    /// <summary>Between which deviations the true one lies (95 %, two-sided, if runs are log-normal): that of few runs is known only roughly.</summary>
    public static Interval RunDeviation(MetricNoise noise)
    {
        var (degrees, tail) = (noise.Runs - 1, (1 - Confidence) / 2);
        return new Interval(
            noise.RunDeviation * Math.Sqrt(degrees / ChiSquared.InvCDF(degrees, 1 - tail)),
            noise.RunDeviation * Math.Sqrt(degrees / ChiSquared.InvCDF(degrees, tail)));
    }

    private static MetricNoise? Of(string metric, List<BaselineRun> runs)
    {
        var values = runs.Select(run => run.Value(metric)).OfType<double>().Where(value => value > 0 && double.IsFinite(value)).Select(value => Math.Log(value)).ToList();
        if (values.Count < runs.Count)
        {
            return null;
        }

        var deviation = Student.MeanAndDeviation(values).Deviation;
        var rounds = runs.Select(run => run.Values[metric].OfType<double>().Where(value => value > 0).Select(value => Math.Log(value)).ToList()).Where(list => list.Count > 1).ToList();
        var within = rounds.Count == 0 ? 0 : Math.Sqrt(rounds.Average(list => Math.Pow(Student.MeanAndDeviation(list).Deviation, 2)));
        var shift = deviation * RunShift.DetectableDeviations(Baseline.MostRuns, 1, Level, Power);
        return new MetricNoise(runs.Count, deviation, within, MetricParser.Parse(metric).HigherIsBetter ? 1 - Math.Exp(-shift) : Math.Exp(shift) - 1, Rounds(metric, within));
    }

    private static int Rounds(string metric, double within)
    {
        var tolerance = Math.Log(metric.EndsWith("p99", StringComparison.Ordinal) ? 1.15 : metric.EndsWith("p90", StringComparison.Ordinal) || metric.EndsWith("p95", StringComparison.Ordinal) ? 1.10 : 1.05);
        return within == 0 ? FewestRounds : (int)Math.Clamp(DetectableShift.Rounds(tolerance / (Math.Sqrt(2) * within), Level, Power), FewestRounds, MostRounds);
    }
}
