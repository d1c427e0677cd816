using GateQuality.Simulation;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace GateQuality.Rules;

/// <summary>
/// Rules of other tools, on the requests of the same run or on the means of earlier runs of unchanged code. Each has one check a test.
/// </summary>
internal sealed class Peers
{
    private const int History = 64;
    private const int Pool = 2_000;

    private readonly double[] pool;

    public Peers(Shape shape, int seed) => pool =
        [.. Enumerable.Range(1, Pool).AsParallel().AsOrdered().Select(i => new SimulatedTest(new LatencyModel(shape, seed, -i), 1).Candidate.Average())];

    public static IReadOnlyList<string> Names { get; } =
    [
        "10 % on the mean, same run",
        "10 % on p99, same run",
        "Mann-Whitney p < .01 on pooled requests, same run",
        "200 % of the last run's mean",
        "mean + 4 sd of 40 runs' means",
        "t .99 over 64 runs' means (Bencher)",
    ];

    /// <summary>Whether each rule is red, in the order of <see cref="Names"/>.</summary>
    /// <param name="test">The test.</param>
    /// <param name="number">Its number, which says what the runs before it were.</param>
    /// <param name="slower">By how much every request of the candidate is slower.</param>
    public bool[] AreRed(SimulatedTest test, int number, double slower)
    {
        double[] candidate = [.. test.Candidate.Select(request => request * (1 + slower))];
        var mean = candidate.Average();
        var history = Enumerable.Range(0, History).Select(i => pool[(int)((((long)number * History) + i) % Pool)]).ToArray();
        var forty = history[..40];
        return
        [
            mean > 1.1 * test.Reference.Average(),
            P99(candidate) > 1.1 * P99(test.Reference),
            MannWhitney(candidate, test.Reference) < 0.01,
            mean > 2 * history[^1],
            mean > forty.Average() + (4 * forty.StandardDeviation()),
            mean > StudentT.InvCDF(history.Average(), history.StandardDeviation(), History - 1, 0.99),
        ];
    }

    private static double P99(double[] requests) => Quantile.OfSorted([.. requests.Order()], 0.99);

    // One-sided, by the normal approximation: no ties among these numbers.
    private static double MannWhitney(double[] candidate, double[] reference)
    {
        var values = candidate.Concat(reference).ToArray();
        var isCandidate = Enumerable.Range(0, values.Length).Select(i => i < candidate.Length).ToArray();
        Array.Sort(values, isCandidate);
        var ranks = 0.0;
        for (var i = 0; i < isCandidate.Length; i++)
        {
            ranks += isCandidate[i] ? i + 1 : 0;
        }

        double n = candidate.Length, m = reference.Length;
        var u = ranks - (n * (n + 1) / 2);
        return 1 - Normal.CDF(0, 1, (u - (n * m / 2)) / Math.Sqrt(n * m * (n + m + 1) / 12));
    }
}
