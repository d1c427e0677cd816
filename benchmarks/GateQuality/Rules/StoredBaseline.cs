using System.Collections.Immutable;
using System.Globalization;
using GateQuality.Histories;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Tests.Judging;

namespace GateQuality.Rules;

/// <summary>
/// The product's own rule for stored baselines: a prediction interval over the last 20 builds, cut where they changed, and a confirmation. The
/// first half of a build's runs stands for the planned rounds and the second half for those that confirm. A build with one run has no second half:
/// the next build confirms it. Each build is stored, as the history shows that each was accepted.
/// </summary>
internal static class StoredBaseline
{
    private static readonly PerfPlan Plan = Make.Plan() with { Stored = new StoredRuns(null, ImmutableSortedDictionary<string, string>.Empty) };

    /// <summary>The rule with a tolerance in percent, both ways.</summary>
    public static AlarmRule Of(decimal percent)
    {
        // The same distance on the log scale.
        var less = 100 - (10_000 / (100 + percent));
        var slower = Budget.Parse(string.Create(CultureInfo.InvariantCulture, $"p50 < baseline + {percent} %"));
        var faster = Budget.Parse(string.Create(CultureInfo.InvariantCulture, $"rps > baseline - {less:0.######} %"));
        return new AlarmRule(
            string.Create(CultureInfo.InvariantCulture, $"**PerfAssert**, `p50 < baseline + {percent} %`"),
            history =>
            {
                var stored = history.Builds.Select((build, i) => (Run: Run(build, i), Value: build.Median)).ToImmutableArray();
                return [.. history.Builds.Select((build, i) =>
                {
                    var last = stored[Math.Max(0, i - Baseline.MostRuns)..i];
                    ImmutableArray<ImmutableArray<double>> blocks = build.Runs.Length > 1 ? Halves(build.Runs)
                        : i + 1 < history.Builds.Length ? [build.Runs, history.Builds[i + 1].Runs]
                        : [build.Runs];
                    return i < AlarmRule.First ? 0 : IsBroken(slower, last, blocks) ? 1 : IsBroken(faster, last, blocks) ? -1 : 0;
                })];
            });
    }

    /// <summary>Whether the last build is red against the 20 before it.</summary>
    public static bool IsRed(Budget budget, BuildHistory history) => IsBroken(
        budget,
        [.. history.Builds[..^1].TakeLast(Baseline.MostRuns).Select((build, i) => (Run(build, i), build.Median))],
        Halves(history.Builds[^1].Runs));

    private static ImmutableArray<ImmutableArray<double>> Halves(ImmutableArray<double> runs) => [runs[..((runs.Length + 1) / 2)], runs[((runs.Length + 1) / 2)..]];

    private static bool IsBroken(Budget budget, ImmutableArray<(BaselineRun Run, double Value)> stored, ImmutableArray<ImmutableArray<double>> blocks) =>
        StoredRule.Decide(
            budget,
            new Finding(Verdict.NotComparable, 1),
            stored,
            [.. blocks.Select(runs => (ImmutableArray<Round>.Empty, Build.MedianOf(runs)))],
            Plan).Verdict == Verdict.Broken;

    private static BaselineRun Run(Build build, int number) => new()
    {
        At = DateTimeOffset.UnixEpoch.AddDays(number),
        Commit = build.Number,
        Source = build.Number,
        Requests = build.Runs.Length,
        Failed = 0,
        InputTokens = 0,
        OutputTokens = 0,
        Values = ImmutableSortedDictionary<string, ImmutableArray<double?>>.Empty,
        Conditions = ImmutableSortedDictionary<string, string>.Empty,
        Histogram = "",
    };
}
