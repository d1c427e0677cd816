using MathNet.Numerics.Distributions;

namespace PerfAssert.Statistics;

/// <summary>The Mann–Kendall test of a trend: does the series go one way more than a shuffled one would.</summary>
internal static class MannKendall
{
    // Building the exact distribution takes n⁴ steps; above this the normal approximation serves.
    private const int ExactUpTo = 50;

    /// <summary>The two-sided p-value. Below five values it cannot be smaller than 8 %: nothing can be shown by so few.</summary>
    public static double PValue(IReadOnlyList<double> series)
    {
        var n = series.Count;
        if (n < 3)
        {
            return 1;
        }

        var s = Math.Abs(Score(series));
        return n <= ExactUpTo ? Exact(n, s) : Approximate(n, s);
    }

    private static int Score(IReadOnlyList<double> series)
    {
        var score = 0;
        for (var i = 0; i < series.Count; i++)
        {
            for (var j = i + 1; j < series.Count; j++)
            {
                score += Math.Sign(series[j].CompareTo(series[i]));
            }
        }

        return score;
    }

    private static double Exact(int n, int score)
    {
        // shares[k]: the share of permutations with k inversions, built up one element at a time. S = pairs − 2k.
        var shares = new double[] { 1 };
        for (var size = 2; size <= n; size++)
        {
            var next = new double[shares.Length + size - 1];
            for (var k = 0; k < shares.Length; k++)
            {
                for (var added = 0; added < size; added++)
                {
                    next[k + added] += shares[k] / size;
                }
            }

            shares = next;
        }

        var pairs = n * (n - 1) / 2;
        return Math.Min(1, shares.Where((_, k) => Math.Abs(pairs - (2 * k)) >= score).Sum());
    }

    private static double Approximate(int n, int score)
    {
        var deviation = Math.Sqrt(n * (n - 1.0) * ((2 * n) + 5) / 18);
        return Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Max(0, score - 1) / deviation));
    }
}
