using System.Collections.Immutable;
using PerfAssert.Judging;

namespace GateQuality.Simulation;

/// <summary>
/// One run of one test of 8 rounds of 500 requests a version. More rounds are made only when they are asked for, as in the engine.
/// A change of every request is applied to what was simulated once: it multiplies each latency, and so each percentile.
/// </summary>
internal sealed class SimulatedTest
{
    public const int Rounds = 8;
    public const int Requests = 500;

    private readonly LatencyModel model;
    private readonly double slowShare;
    private readonly double run;
    private readonly List<double>[] differences = [.. Gate.Select(_ => new List<double>())];

    /// <summary>Simulates the first block.</summary>
    /// <param name="model">Where latencies come from.</param>
    /// <param name="slowShare">The candidate's slow requests, as a multiple of the reference's.</param>
    public SimulatedTest(LatencyModel model, double slowShare)
    {
        (this.model, this.slowShare) = (model, slowShare);
        run = model.Run();
        var pairs = Measure();
        Candidate = [.. pairs.SelectMany(p => p.Candidate)];
        Reference = [.. pairs.SelectMany(p => p.Reference)];
    }

    /// <summary>The budgets of a test that gates the body and the tail, at the tolerances that are usual for them.</summary>
    public static ImmutableArray<(string Name, double Fraction, double Allowed)> Gate { get; } =
        [("p50 < reference + 5 %", 0.5, 0.05), ("p95 < reference + 10 %", 0.95, 0.10), ("p99 < reference + 15 %", 0.99, 0.15)];

    /// <summary>All requests of the first block's candidate rounds, without a change of every request.</summary>
    public double[] Candidate { get; }

    /// <summary>All requests of the first block's reference rounds.</summary>
    public double[] Reference { get; }

    /// <summary>Differences of pairs, for each budget of the gate.</summary>
    /// <param name="slower">By how much every request of the candidate is slower.</param>
    /// <param name="blocks">How often the planned rounds were measured.</param>
    public ImmutableArray<PairedEvidence> Evidence(double slower, int blocks)
    {
        while (differences[0].Count < blocks * Rounds)
        {
            Measure();
        }

        var shift = Math.Log(1 + slower);
        return [.. Gate.Select((g, i) => new PairedEvidence([.. differences[i].Take(blocks * Rounds).Select(d => d + shift)], new Allowance(Math.Log(1 + g.Allowed), EqualBreaks: true)))];
    }

    private (double[] Candidate, double[] Reference)[] Measure()
    {
        var pairs = Enumerable.Range(0, Rounds).Select(_ => model.Pair(Requests, run, slowShare)).ToArray();
        foreach (var (candidate, reference) in pairs)
        {
            double[][] sorted = [[.. candidate.Order()], [.. reference.Order()]];
            for (var i = 0; i < Gate.Length; i++)
            {
                differences[i].Add(Math.Log(Quantile.OfSorted(sorted[0], Gate[i].Fraction) / Quantile.OfSorted(sorted[1], Gate[i].Fraction)));
            }
        }

        return pairs;
    }
}
