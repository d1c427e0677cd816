using System.Diagnostics;
using GateQuality.Histories;
using GateQuality.Rules;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Tests.Judging;

namespace GateQuality.Parts;

/// <summary>How long judging takes: three times 8 rounds a version, three budgets.</summary>
internal static class SpeedPart
{
    private const int Tests = 1_000;
    private const int Budgets = 3;
    private const int Runs = 20;

    public static bool Run()
    {
        var random = new Random(1);
        var evidence = Enumerable.Range(0, Tests * Budgets).Select(_ => Evidence(random)).ToArray();
        var levels = PairedLevels.Of(0.95);
        Decide();
        var watch = Stopwatch.StartNew();
        Decide();
        var decided = watch.Elapsed.TotalSeconds;

        var histories = Enumerable.Range(0, Tests * Budgets).Select(_ => Series(random)).ToArray();
        var budget = Budget.Parse("p95 < baseline + 10 %");
        StoredBaseline.IsRed(budget, histories[0]);
        watch.Restart();
        foreach (var history in histories)
        {
            StoredBaseline.IsRed(budget, history);
        }

        var stored = watch.Elapsed.TotalSeconds;

        // Each measurement is judged once, as a run is: its histograms are read for the first time.
        var plan = Duets.Plan("p50 < reference + 5 %", "p95 < reference + 10 %", "p99 < reference + 15 %");
        var measurements = Enumerable.Range(0, Runs + 1).Select(_ => Compact(Duets.Measurement(PairedDecision.Looks * Duets.Rounds, 1.2))).ToArray();
        Judge.Decide(plan, measurements[0]);
        watch.Restart();
        foreach (var measurement in measurements.Skip(1))
        {
            Judge.Decide(plan, measurement);
        }

        var milliseconds = watch.Elapsed.TotalMilliseconds / Runs;
        Console.WriteLine("## Speed");
        Console.WriteLine();
        var reached = Report.Target(
            $"deciding {Tests:N0} tests of {Budgets} budgets from the values of {PairedDecision.Looks * Duets.Rounds} rounds a version took", $"{decided:N2} s", "less than 2 s", decided < 2);
        reached &= Report.Target(
            $"deciding {Tests:N0} tests of {Budgets} budgets against {Baseline.MostRuns} stored runs took", $"{stored:N2} s", "less than 2 s", stored < 2);
        Console.WriteLine($"- judging one whole run, from the histograms of its {PairedDecision.Looks * 2 * Duets.Rounds} rounds to its verdicts: {milliseconds:N1} ms");
        Console.WriteLine();
        return reached;

        void Decide()
        {
            for (var i = 0; i < Tests; i++)
            {
                PairedDecision.Decide(evidence[(i * Budgets)..((i + 1) * Budgets)], Duets.Rounds, confirms: true, levels);
            }
        }
    }

    private static BuildHistory Series(Random random) =>
        new("", "", [.. Enumerable.Range(0, Baseline.MostRuns + 1).Select(build => new Build($"{build}", [1 + (random.NextDouble() / 10), 1 + (random.NextDouble() / 10)]))], []);

    private static PairedEvidence Evidence(Random random) =>
        new([.. Enumerable.Range(0, PairedDecision.Looks * Duets.Rounds).Select(_ => (random.NextDouble() - 0.5) / 10)], new Allowance(Math.Log(1.1), EqualBreaks: true));

    // As the engine keeps them.
    private static Measurement Compact(Measurement measurement) => measurement with
    {
        Rounds = [.. measurement.Rounds.Select(round => round with
        {
            Latency = Histograms.Compact([round.Latency]),
            ServiceTime = Histograms.Compact([round.ServiceTime]),
            SendLag = Histograms.Compact([round.SendLag]),
            Lateness = Histograms.Compact([round.Lateness]),
            ConnectionWait = Histograms.Compact([round.ConnectionWait]),
            FailedDurations = Histograms.Compact([round.FailedDurations]),
        })],
    };
}
