using PerfAssert.Judging;

namespace GateQuality.Simulation;

/// <summary>
/// One run of one test of 8 rounds of 500 requests a version. The second block is made only when it is asked for, as in the engine.
/// </summary>
internal sealed class SimulatedTest
{
    public const int Rounds = 8;
    public const int Requests = 500;

    /// <summary>The budgets of a test that gates the body and the tail, at the tolerances that are usual for them.</summary>
    public static IReadOnlyList<(string Name, double Fraction, double Allowed)> Gate { get; } =
        [("p50 < reference + 5 %", 0.5, 0.05), ("p95 < reference + 10 %", 0.95, 0.10), ("p99 < reference + 15 %", 0.99, 0.15)];

    private readonly LatencyModel model;
    private readonly Injected change;
    private readonly double run;
    private readonly List<double>[] differences = [.. Gate.Select(_ => new List<double>())];

    public SimulatedTest(LatencyModel model, Injected change)
    {
        (this.model, this.change) = (model, change);
        run = model.Run();
        var pairs = Measure();
        Candidate = [.. pairs.SelectMany(p => p.Candidate)];
        Reference = [.. pairs.SelectMany(p => p.Reference)];
    }

    /// <summary>All requests of the first block's candidate rounds.</summary>
    public double[] Candidate { get; }

    /// <summary>All requests of the first block's reference rounds.</summary>
    public double[] Reference { get; }

    /// <summary>Differences of pairs, for each budget of the gate.</summary>
    public IReadOnlyList<PairedEvidence> Evidence => [.. Gate.Select((g, i) => new PairedEvidence([.. differences[i]], Math.Log(1 + g.Allowed), EqualBreaks: true))];

    /// <summary>Measures a second block.</summary>
    public void MeasureAgain() => Measure();

    private (double[] Candidate, double[] Reference)[] Measure()
    {
        var pairs = Enumerable.Range(0, Rounds).Select(_ => model.Pair(Requests, run, change)).ToArray();
        foreach (var (candidate, reference) in pairs)
        {
            double[][] sorted = [[.. candidate.Order()], [.. reference.Order()]];
            for (var i = 0; i < Gate.Count; i++)
            {
                differences[i].Add(Math.Log(Quantile.OfSorted(sorted[0], Gate[i].Fraction) / Quantile.OfSorted(sorted[1], Gate[i].Fraction)));
            }
        }

        return pairs;
    }
}
