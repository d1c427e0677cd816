using System.Numerics;

namespace PerfAssert.Statistics;

/// <summary>
/// Fisher's randomisation test of paired differences: if neither version is slower, each difference is as likely with the other sign.
/// One-sided: the p-value is the share of sign patterns whose statistic is at least the observed one, which itself counts, so that it is
/// never below 2^-n. Every pattern up to 16 differences, above that 9,999 random ones and the observed one.
/// </summary>
internal static class SignFlips
{
    /// <summary>Up to this many differences every pattern is tried.</summary>
    public const int ExactUpTo = 16;

    private const int RandomFlips = 9_999;

    // Fixed: the same differences always have the same p-value.
    private const int Seed = 20_260_117;

    // Sums of the same numbers in another arrangement differ by rounding, after 65,536 steps by less than this; equal ones must count as equal.
    private const double Tie = 1e-10;

    /// <summary>The p-value of "the differences are above zero".</summary>
    /// <exception cref="ArgumentException">There is no difference, or one is not finite.</exception>
    public static double PValue(IReadOnlyList<double> differences) => MaxT([differences])[0];

    /// <summary>
    /// Westfall–Young max-T: p-values of several metrics over the same rounds, adjusted for asking about all of them. Signs are flipped
    /// for all metrics together, which keeps how they hang together, so the family-wise level is exact and no metric pays for another that
    /// says the same. T = Σd / √Σd².
    /// </summary>
    /// <param name="metrics">The differences of each metric; all metrics have the same rounds.</param>
    /// <exception cref="ArgumentException">There is no difference, one is not finite, or the metrics differ in length.</exception>
    public static double[] MaxT(IReadOnlyList<IReadOnlyList<double>> metrics)
    {
        var rounds = metrics.Count == 0 ? 0 : metrics[0].Count;
        if (rounds == 0 || metrics.Any(m => m.Count != rounds || m.Any(d => !double.IsFinite(d))))
        {
            throw new ArgumentException("Expected the same number of finite differences for each metric, at least one.", nameof(metrics));
        }

        var scaled = metrics.Select(Scaled).ToArray();
        var observed = scaled.Select(m => m.Sum()).ToArray();
        return rounds <= ExactUpTo ? Exact(scaled, observed, rounds) : Sampled(scaled, observed, rounds);
    }

    /// <summary>Every pattern, each one sign away from the one before (Gray's code), so that a sum changes by one difference.</summary>
    private static double[] Exact(double[][] scaled, double[] observed, int rounds)
    {
        var reached = new long[scaled.Length];
        var sums = observed.ToArray();
        var patterns = 1 << rounds;
        var signs = 0;
        for (var pattern = 1; ; pattern++)
        {
            Count(sums, observed, reached);
            if (pattern == patterns)
            {
                return [.. reached.Select(r => (double)r / patterns)];
            }

            var round = BitOperations.TrailingZeroCount(pattern);
            signs ^= 1 << round;
            var direction = ((signs >> round) & 1) == 1 ? -2 : 2;
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += direction * scaled[i][round];
            }
        }
    }

    private static double[] Sampled(double[][] scaled, double[] observed, int rounds)
    {
        var reached = new long[scaled.Length];
        Count(observed, observed, reached);
        var random = new Random(Seed);
        var sums = new double[scaled.Length];
        for (var flip = 0; flip < RandomFlips; flip++)
        {
            Array.Clear(sums);
            for (var round = 0; round < rounds; round++)
            {
                var sign = random.Next(2) == 1 ? -1 : 1;
                for (var i = 0; i < sums.Length; i++)
                {
                    sums[i] += sign * scaled[i][round];
                }
            }

            Count(sums, observed, reached);
        }

        return [.. reached.Select(r => (double)r / (RandomFlips + 1))];
    }

    private static void Count(double[] sums, double[] observed, long[] reached)
    {
        var most = sums[0];
        for (var i = 1; i < sums.Length; i++)
        {
            most = Math.Max(most, sums[i]);
        }

        for (var i = 0; i < reached.Length; i++)
        {
            reached[i] += most >= observed[i] - Tie ? 1 : 0;
        }
    }

    private static double[] Scaled(IReadOnlyList<double> differences)
    {
        // By the largest first: squares of very small or large differences would leave the range of doubles.
        var largest = differences.Max(Math.Abs);
        if (largest == 0)
        {
            return [.. differences];
        }

        var length = Math.Sqrt(differences.Sum(d => d / largest * (d / largest)));
        return [.. differences.Select(d => d / largest / length)];
    }
}
