using System.Diagnostics;
using System.Globalization;
using GateQuality.Rules;
using GateQuality.Simulation;
using PerfAssert.Judging;

namespace GateQuality.Parts;

/// <summary>Every rule on the same simulated latencies.</summary>
internal sealed class SimulatedPart(int unchanged, int changed, int seed)
{
    private const int ChecksOfSuite = 40;

    private static readonly Injected[] Changes = [Injected.Uniform(.05), Injected.Uniform(.10), Injected.Uniform(.20), Injected.Tail];

    public void Run()
    {
        var watch = Stopwatch.StartNew();
        var model = new LatencyModel(seed);
        var peers = new Peers(model);
        var quiet = Simulate(model, peers, Injected.Nothing, unchanged);
        var loud = Changes.Select(change => Simulate(model, peers, change, changed)).ToArray();
        var checks = SimulatedTest.Gate.Count;
        var redChecks = (double)quiet.RedChecks / (quiet.Tests * checks);
        var redTests = Share(quiet.RedTests, quiet.Tests);

        Console.WriteLine($"## Simulated: {SimulatedTest.Rounds} rounds of {SimulatedTest.Requests} requests a version, seed {seed}");
        Console.WriteLine();
        Console.WriteLine($"{unchanged:N0} tests of unchanged code, {changed:N0} of each change.");
        Console.WriteLine();
        Console.WriteLine($"| rule | red, unchanged, per check | per suite of {ChecksOfSuite} checks | {string.Join(" | ", Changes.Select(c => "red, " + c.Name))} |");
        Console.WriteLine($"|---|---|---|{string.Concat(Changes.Select(_ => "---|"))}");
        Console.WriteLine(
            $"| **PerfAssert**, p50 + p95 + p99 | {Percent(redChecks)} | {Percent(Suite(redTests, (double)ChecksOfSuite / checks))} | " +
            $"{string.Join(" | ", loud.Select(l => Percent(Share(l.RedTests, l.Tests))))} |");
        for (var i = 0; i < Peers.Names.Count; i++)
        {
            var red = Share(quiet.RedPeers[i], quiet.Tests);
            Console.WriteLine(
                $"| {Peers.Names[i]} | {Percent(red)} | {Percent(Suite(red, ChecksOfSuite))} | {string.Join(" | ", loud.Select(l => Percent(Share(l.RedPeers[i], l.Tests))))} |");
        }

        Console.WriteLine();
        Console.WriteLine($"| PerfAssert's verdicts: met / inconclusive / broken % | {string.Join(" | ", SimulatedTest.Gate.Select(g => $"`{g.Name}`"))} |");
        Console.WriteLine($"|---|{string.Concat(SimulatedTest.Gate.Select(_ => "---|"))}");
        foreach (var tally in loud.Prepend(quiet))
        {
            Console.WriteLine($"| {tally.Change.Name} | {string.Join(" | ", Enumerable.Range(0, checks).Select(tally.Verdicts))} |");
        }

        var twice = SimulatedTest.Gate.Select((gate, i) => Simulate(model, null, Injected.Uniform(2 * gate.Allowed), changed).Count(i, Verdict.Met)).ToArray();
        Console.WriteLine();
        Console.WriteLine($"A second block was measured in {Percent(Share(quiet.Confirmed, quiet.Tests))} of unchanged tests.");
        Console.WriteLine();
        Target("false alarms per check", redChecks, "<= 0.1 %", redChecks <= .001);
        Target($"false alarms per suite of {ChecksOfSuite} checks", Suite(redTests, (double)ChecksOfSuite / checks), "<= 1 %", Suite(redTests, (double)ChecksOfSuite / checks) <= .01);
        Target("found at +10 %", Share(loud[1].RedTests, changed), ">= 60 %", Share(loud[1].RedTests, changed) >= .6);
        Target("found at +20 %", Share(loud[2].RedTests, changed), ">= 99 %", Share(loud[2].RedTests, changed) >= .99);
        Target("found, tail only", Share(loud[3].RedTests, changed), ">= 60 %", Share(loud[3].RedTests, changed) >= .6);
        for (var i = 0; i < checks; i++)
        {
            Target($"`{SimulatedTest.Gate[i].Name}` met at twice the limit", Share(twice[i], changed), "none", twice[i] == 0);
        }

        Console.WriteLine();
        Console.WriteLine($"took {watch.Elapsed.TotalSeconds:N0} s");
        Console.WriteLine();
    }

    private static Tally Simulate(LatencyModel model, Peers? peers, Injected change, int tests)
    {
        var tally = new Tally(change, tests);
        for (var i = 0; i < tests; i++)
        {
            var test = new SimulatedTest(model, change);
            tally.Add(peers?.AreRed(test) ?? [], PerfAssertRule.Decide(test));
        }

        return tally;
    }

    private static void Target(string what, double reached, string wanted, bool isReached) =>
        Console.WriteLine($"- {(isReached ? "reached" : "MISSED")}: {what} {Percent(reached)}, wanted {wanted}");

    private static double Suite(double red, double checks) => 1 - Math.Pow(1 - red, checks);

    private static double Share(int count, int of) => (double)count / of;

    private static string Percent(double share) => (share * 100).ToString(share < .01 ? "0.###" : "0.#", CultureInfo.InvariantCulture) + " %";

    private sealed class Tally(Injected change, int tests)
    {
        private readonly Dictionary<(int Budget, Verdict Verdict), int> verdicts = [];

        public Injected Change => change;

        public int Tests => tests;

        public int RedChecks { get; private set; }

        public int RedTests { get; private set; }

        public int Confirmed { get; private set; }

        public int[] RedPeers { get; } = new int[Peers.Names.Count];

        public void Add(bool[] peers, IReadOnlyList<PairedOutcome> outcomes)
        {
            for (var i = 0; i < peers.Length; i++)
            {
                RedPeers[i] += peers[i] ? 1 : 0;
            }

            for (var i = 0; i < outcomes.Count; i++)
            {
                verdicts[(i, outcomes[i].Verdict)] = Count(i, outcomes[i].Verdict) + 1;
            }

            var red = outcomes.Count(o => o.Verdict == Verdict.Broken);
            RedChecks += red;
            RedTests += red > 0 ? 1 : 0;
            Confirmed += outcomes[0].ConfirmationPValue is null ? 0 : 1;
        }

        public int Count(int budget, Verdict verdict) => verdicts.GetValueOrDefault((budget, verdict));

        public string Verdicts(int budget) => string.Join(
            " / ",
            new[] { Count(budget, Verdict.Met), Count(budget, Verdict.Inconclusive) + Count(budget, Verdict.NotComparable), Count(budget, Verdict.Broken) }
                .Select(count => (100.0 * count / tests).ToString("0.#", CultureInfo.InvariantCulture)));
    }
}
