using System.Globalization;
using GateQuality.Rules;
using GateQuality.Simulation;
using PerfAssert.Judging;

namespace GateQuality.Parts;

/// <summary>What became of many simulated tests with one change.</summary>
internal sealed class Tally(Injected change)
{
    private readonly Dictionary<(int Budget, Verdict Verdict), int> verdicts = [];
    private readonly int[] redPeers = new int[Peers.Names.Count];

    public Injected Change => change;

    public int Tests { get; private set; }

    public int RedChecks { get; private set; }

    public int RedTests { get; private set; }

    /// <summary>Tests in which all budgets are met.</summary>
    public int AllMet { get; private set; }

    /// <summary>How often the planned rounds were measured, in all.</summary>
    public int Looks { get; private set; }

    public double ShareOfRedTests => (double)RedTests / Tests;

    public double ShareOfRedChecks => (double)RedChecks / (Tests * SimulatedTest.Gate.Length);

    public void Add(bool[] peers, IReadOnlyList<PairedOutcome> outcomes)
    {
        for (var i = 0; i < peers.Length; i++)
        {
            redPeers[i] += peers[i] ? 1 : 0;
        }

        for (var i = 0; i < outcomes.Count; i++)
        {
            verdicts[(i, outcomes[i].Verdict)] = Count(i, outcomes[i].Verdict) + 1;
        }

        var red = outcomes.Count(o => o.Verdict == Verdict.Broken);
        Tests++;
        RedChecks += red;
        RedTests += red > 0 ? 1 : 0;
        AllMet += outcomes.All(o => o.Verdict == Verdict.Met) ? 1 : 0;
        Looks += outcomes[0].Rounds / SimulatedTest.Rounds;
    }

    public int Count(int budget, Verdict verdict) => verdicts.GetValueOrDefault((budget, verdict));

    public double ShareOfRedPeer(int peer) => (double)redPeers[peer] / Tests;

    public string Verdicts(int budget) => string.Join(
        " / ",
        new[] { Count(budget, Verdict.Met), Count(budget, Verdict.Inconclusive) + Count(budget, Verdict.NotComparable), Count(budget, Verdict.Broken) }
            .Select(count => (100.0 * count / Tests).ToString("0.#", CultureInfo.InvariantCulture)));
}
