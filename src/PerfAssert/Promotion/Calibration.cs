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

    /// <summary>
    /// The valid runs of one test by their conditions, those with the most runs first, among equals the latest: what two conditions differ by is no noise.
    /// </summary>
    public static ImmutableArray<ImmutableArray<RunFile>> ByConditions(IEnumerable<RunFile> runs)
    {
        var groups = new List<(ImmutableSortedDictionary<string, string> Conditions, List<RunFile> Runs)>();
        foreach (var run in runs.Where(IsValid).OrderBy(run => run.StartedAt))
        {
            var conditions = RunConditions.Of(run);
            var group = groups.Find(known => Conditions.AreEqual(known.Conditions, conditions)).Runs;
            if (group is null)
            {
                groups.Add((conditions, group = []));
            }

            group.Add(run);
        }

        return [.. groups.Select(group => group.Runs.ToImmutableArray()).OrderByDescending(group => group.Length).ThenByDescending(group => group[^1].StartedAt)];
    }

    /// <summary>What runs of one group differ from those of another by: <c>runtime: .NET 9.0.1 instead of .NET 10.0.0</c>.</summary>
    public static IEnumerable<string> Differences(ImmutableArray<RunFile> kept, ImmutableArray<RunFile> other)
    {
        var (there, here) = (RunConditions.Of(kept[0]), RunConditions.Of(other[0]));
        return there.Keys.Union(here.Keys).Order(StringComparer.Ordinal)
            .Where(key => there.GetValueOrDefault(key) != here.GetValueOrDefault(key))
            .Select(key => $"{key}: {here.GetValueOrDefault(key) ?? "not recorded"} instead of {there.GetValueOrDefault(key) ?? "not recorded"}");
    }

    /// <summary>The noise of one test in one environment, under the conditions of most of its runs; <see langword="null"/>: too few valid runs.</summary>
    public static TestNoise? Of(IReadOnlyCollection<RunFile> runs)
    {
        var stored = ByConditions(runs) is [var most, ..] ? most.Select(run => BaselineRunBuilder.Build(run, "calibration")).ToList() : [];
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
