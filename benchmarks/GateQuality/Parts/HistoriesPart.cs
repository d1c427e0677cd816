using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using GateQuality.Histories;
using GateQuality.Rules;
using PerfAssert.Statistics;

namespace GateQuality.Parts;

/// <summary>The rule for stored baselines and those of other tools on histories of real programs.</summary>
internal sealed class HistoriesPart(string folder)
{
    private const int Near = 3;
    private static readonly decimal[] Tolerances = [3, 5, 10];
    private static readonly double LargeStep = Math.Log(1.1);

    /// <summary>Whether PerfAssert reached what is wanted of it.</summary>
    public bool Run()
    {
        var watch = Stopwatch.StartNew();
        var histories = HistoryFolder.Read(folder);
        var labelled = histories.Where(history => !history.Annotations.IsEmpty).ToImmutableArray();
        var judged = labelled.IsEmpty ? histories : labelled;
        var steps = judged.Sum(history => history.Changes.Length);
        Console.WriteLine($"## Histories: {histories.Length} series, {labelled.Length} of them labelled, {histories.Sum(h => h.Builds.Length):N0} builds, {histories.Sum(h => h.Builds.Sum(b => b.Runs.Length)):N0} runs");
        Console.WriteLine();
        Console.WriteLine(labelled.IsEmpty
            ? "Nobody has labelled them: every build counts as unchanged, and an alarm may be a true one."
            : $"{judged.Sum(h => Stationary(h).Count()):N0} builds near no change that anybody saw, {steps} changes, {judged.Sum(h => h.Changes.Count(c => Math.Abs(h.Step(c)) >= LargeStep))} of them of 10 % or more.");
        Console.WriteLine();
        Console.WriteLine("| rule | false alarms per build, slower | slower or faster | found, steps of 10 % or more | found, all (by chance) |");
        Console.WriteLine("|---|---|---|---|---|");
        var own = Tolerances.Select(StoredBaseline.Of).ToArray();
        foreach (var rule in own.Concat(HistoryPeers.All))
        {
            var alarms = judged.Select(history => (History: history, Alarms: rule.Of(history))).ToList();
            var quiet = alarms.SelectMany(one => Stationary(one.History).Select(build => one.Alarms[build])).ToList();
            var both = Share(quiet.Count(alarm => alarm != 0), quiet.Count);
            var found = alarms.SelectMany(one => one.History.Changes.Select(change => (Step: Math.Abs(one.History.Step(change)), Found: Distance(one.Alarms, change) is not null))).ToList();
            var large = found.Where(one => one.Step >= LargeStep).ToList();
            Console.WriteLine(
                $"| {rule.Name} | {Percent(Share(quiet.Count(alarm => alarm > 0), quiet.Count))} | {Percent(both)} | {Count(large.Select(one => one.Found))} | " +
                $"{Count(found.Select(one => one.Found))}{(found.Count == 0 ? "" : $" ({Percent(1 - Math.Pow(1 - both, (2 * Near) + 1))})")} |");
        }

        Console.WriteLine();
        ByKind(judged, own);
        var reached = ChangePointsOf(labelled);
        Console.WriteLine($"took {watch.Elapsed.TotalSeconds:N0} s");
        Console.WriteLine();
        return reached;
    }

    private static void ByKind(ImmutableArray<BuildHistory> histories, AlarmRule[] rules)
    {
        if (histories.All(history => history.Kind.Length == 0))
        {
            return;
        }

        Console.WriteLine("| kind of series | series, builds | " + string.Join(" | ", rules.Select(rule => rule.Name + ": slower, near no change, in series; found; builds from the label")) + " |");
        Console.WriteLine($"|---|---|{string.Concat(rules.Select(_ => "---|"))}");
        foreach (var kind in histories.GroupBy(history => history.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var cells = rules.Select(rule =>
            {
                var alarms = kind.Select(history => (History: history, Alarms: rule.Of(history))).ToList();
                var wrong = alarms.Select(one => Stationary(one.History).Count(build => one.Alarms[build] > 0)).ToList();
                var distances = alarms.SelectMany(one => one.History.Changes.Select(change => Distance(one.Alarms, change))).ToList();
                return $"{wrong.Sum()} in {wrong.Count(count => count > 0)}; {(distances.Count == 0 ? "-" : $"{distances.Count(d => d is not null)} of {distances.Count}; {string.Join(", ", distances.OfType<int>().Select(d => d.ToString("+0;-0;0", CultureInfo.InvariantCulture)))}")}";
            });
            Console.WriteLine($"| {kind.Key} | {kind.Count()}, {kind.Sum(history => history.Builds.Length):N0} | {string.Join(" | ", cells)} |");
        }

        Console.WriteLine();
    }

    private static bool ChangePointsOf(ImmutableArray<BuildHistory> labelled)
    {
        if (labelled.IsEmpty)
        {
            return true;
        }

        Console.WriteLine("| change points over the whole history | F1 (margin 5 builds, mean over series) | points |");
        Console.WriteLine("|---|---|---|");
        var own = Row("**PerfAssert** (E-divisive)", history => ChangePoints.Of([.. history.Medians.Select(value => Math.Log(value))], PerfAssert.Baselines.History.LeastChange));
        var perfherder = Row("weighted t above 7, 12 after and 12 to 24 before (Perfherder)", history => Perfherder.Of(history.Medians));
        Row("none at all", _ => []);
        var several = labelled.Where(history => history.Annotations.Length > 1).ToList();
        if (several.Count > 0)
        {
            var people = several.Average(history => history.Annotations.Select((one, i) => ChangePointScore.F1(one, history.Annotations.RemoveAt(i))).Average());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| a person against the others | {people:0.000} | |"));
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"- {(own >= perfherder ? "reached" : "MISSED")}: F1 of PerfAssert's change points {own:0.000}, wanted at least Perfherder's {perfherder:0.000}"));
        Console.WriteLine();
        return own >= perfherder;

        double Row(string name, Func<BuildHistory, IReadOnlyList<int>> find)
        {
            var found = labelled.Select(history => (History: history, Points: find(history))).ToList();
            var score = found.Average(one => ChangePointScore.F1(one.Points, one.History.Annotations));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {score:0.000} | {found.Sum(one => one.Points.Count)} |"));
            return score;
        }
    }

    private static IEnumerable<int> Stationary(BuildHistory history) => Enumerable.Range(AlarmRule.First, Math.Max(0, history.Builds.Length - AlarmRule.First)).Where(history.IsStationary);

    /// <summary>From a change to the nearest alarm; <see langword="null"/>: none within three builds.</summary>
    private static int? Distance(int[] alarms, int change) => Enumerable.Range(-Near, (2 * Near) + 1)
        .Where(off => change + off >= 0 && change + off < alarms.Length && alarms[change + off] != 0)
        .OrderBy(Math.Abs).Select(off => (int?)off).FirstOrDefault();

    private static string Count(IEnumerable<bool> found)
    {
        var all = found.ToList();
        return all.Count == 0 ? "-" : $"{Percent(Share(all.Count(one => one), all.Count))} of {all.Count}";
    }

    private static double Share(int count, int of) => of == 0 ? 0 : (double)count / of;

    private static string Percent(double share) => (share * 100).ToString(share < .1 ? "0.##" : "0", CultureInfo.InvariantCulture) + " %";
}
