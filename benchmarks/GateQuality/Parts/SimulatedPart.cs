using System.Diagnostics;
using System.Globalization;
using GateQuality.Rules;
using GateQuality.Simulation;
using PerfAssert.Judging;

namespace GateQuality.Parts;

/// <summary>Every rule on the same simulated latencies of one shape.</summary>
internal sealed class SimulatedPart(Shape shape, int tests, int seed)
{
    private const int ChecksOfSuite = 40;

    private static readonly Injected[] Uniform = [Injected.Nothing, Injected.Uniform(.05), Injected.Uniform(.10), Injected.Uniform(.20)];

    private const string ErrorOfAProof =
        "a proof has an error of 5 % at the limit, and where all rounds together are as noisy as the limit is wide, rounds that agree by chance leave some of it here";

    /// <summary>Whether all targets were reached. What is found depends on the noise, so that targets for it are those of the usual shape.</summary>
    public bool Run()
    {
        var watch = Stopwatch.StartNew();
        var isUsual = shape == Shape.All[0];
        var peers = isUsual ? new Peers(shape, seed) : null;
        Injected[] twice = [.. SimulatedTest.Gate.Select(gate => Injected.Uniform(2 * gate.Allowed))];
        var uniform = Simulate(1, peers, [.. Uniform, .. twice], firstTest: 0);
        var tail = Simulate(Injected.Tail.SlowShare, peers, [Injected.Tail], firstTest: tests)[0];
        var (quiet, shown) = (uniform[0], uniform[..Uniform.Length].Append(tail).ToArray());
        var checks = (double)SimulatedTest.Gate.Length;
        var suite = Suite(quiet.ShareOfRedTests, ChecksOfSuite / checks);

        Console.WriteLine($"## Simulated: shape '{shape.Name}', {SimulatedTest.Rounds} rounds of {SimulatedTest.Requests} requests a version, {tests:N0} tests of each change, seed {seed}");
        Console.WriteLine();
        Console.WriteLine($"| rule | red, unchanged, per check | per suite of {ChecksOfSuite} checks | {string.Join(" | ", shown.Skip(1).Select(c => "red, " + c.Change.Name))} |");
        Console.WriteLine($"|---|---|---|{string.Concat(shown.Skip(1).Select(_ => "---|"))}");
        Console.WriteLine(
            $"| **PerfAssert**, p50 + p95 + p99 | {Report.WithError(quiet.ShareOfRedChecks, quiet.Tests * checks)} | {Report.Percent(suite)} | " +
            $"{string.Join(" | ", shown.Skip(1).Select(l => Report.WithError(l.ShareOfRedTests, l.Tests)))} |");
        for (var i = 0; peers is not null && i < Peers.Names.Count; i++)
        {
            Console.WriteLine(
                $"| {Peers.Names[i]} | {Report.Percent(quiet.ShareOfRedPeer(i))} | {Report.Percent(Suite(quiet.ShareOfRedPeer(i), ChecksOfSuite))} | " +
                $"{string.Join(" | ", shown.Skip(1).Select(l => Report.Percent(l.ShareOfRedPeer(i))))} |");
        }

        Console.WriteLine();
        Console.WriteLine($"| PerfAssert's verdicts: met / inconclusive / broken % | {string.Join(" | ", SimulatedTest.Gate.Select(g => $"`{g.Name}`"))} | all three met |");
        Console.WriteLine($"|---|{string.Concat(SimulatedTest.Gate.Select(_ => "---|"))}---|");
        foreach (var tally in shown)
        {
            Console.WriteLine($"| {tally.Change.Name} | {string.Join(" | ", Enumerable.Range(0, SimulatedTest.Gate.Length).Select(tally.Verdicts))} | {Report.Percent((double)tally.AllMet / tally.Tests)} |");
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Unchanged tests took {(double)quiet.Looks / quiet.Tests:0.00} times the planned rounds, those of +10 % {(double)shown[2].Looks / shown[2].Tests:0.00} times."));
        Console.WriteLine();
        var reached = Target("false alarms per check", quiet.ShareOfRedChecks, "at most 0.1 %", quiet.ShareOfRedChecks <= .001);
        reached &= Target($"false alarms per suite of {ChecksOfSuite} checks", suite, "at most 1 %", suite <= .01);
        if (isUsual)
        {
            reached &= Target("found at +10 %", shown[2].ShareOfRedTests, "60 % or more", shown[2].ShareOfRedTests >= .6);
            reached &= Target("found at +20 %", shown[3].ShareOfRedTests, "99 % or more", shown[3].ShareOfRedTests >= .99);
            reached &= Target("found, tail only", tail.ShareOfRedTests, "60 % or more", tail.ShareOfRedTests >= .6);
        }

        for (var i = 0; i < SimulatedTest.Gate.Length; i++)
        {
            var met = uniform[Uniform.Length + i].Count(i, Verdict.Met);
            reached &= Report.Target($"`{SimulatedTest.Gate[i].Name}` met at twice the limit", $"{met:N0} of {tests:N0}", "none", met == 0, ErrorOfAProof);
        }

        Console.WriteLine();
        Console.WriteLine($"took {watch.Elapsed.TotalSeconds:N0} s");
        Console.WriteLine();
        return reached;
    }

    private Tally[] Simulate(double slowShare, Peers? peers, Injected[] changes, int firstTest)
    {
        Tally[] tallies = [.. changes.Select(change => new Tally(change))];
        var results = Enumerable.Range(firstTest, tests).AsParallel().Select(number =>
        {
            var test = new SimulatedTest(new LatencyModel(shape, seed, number), slowShare);
            return changes.Select(change => (Peers: peers?.AreRed(test, number, change.Slower) ?? [], Outcomes: PerfAssertRule.Decide(test, change.Slower))).ToArray();
        });
        foreach (var result in results)
        {
            for (var i = 0; i < tallies.Length; i++)
            {
                tallies[i].Add(result[i].Peers, result[i].Outcomes);
            }
        }

        return tallies;
    }

    private static bool Target(string what, double seen, string wanted, bool reached) => Report.Target(what, Report.Percent(seen), wanted, reached);

    private static double Suite(double red, double checks) => 1 - Math.Pow(1 - red, checks);
}
