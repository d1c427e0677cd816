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

    // Sums of the same numbers in another arrangement differ by rounding; equal ones must count as equal.
    private const double Tie = 1e-12;

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
        var reached = new long[metrics.Count];
        var patterns = 0L;
        foreach (var signs in Patterns(rounds))
        {
            var most = scaled.Max(m => Flipped(m, signs));
            patterns++;
            for (var i = 0; i < reached.Length; i++)
            {
                reached[i] += most >= observed[i] - Tie ? 1 : 0;
            }
        }

        return [.. reached.Select(r => (double)r / patterns)];
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

    private static double Flipped(double[] differences, bool[] signs)
    {
        var sum = 0.0;
        for (var i = 0; i < differences.Length; i++)
        {
            sum += signs[i] ? -differences[i] : differences[i];
        }

        return sum;
    }

    private static IEnumerable<bool[]> Patterns(int rounds)
    {
        var signs = new bool[rounds];
        if (rounds <= ExactUpTo)
        {
            for (var pattern = 0; pattern < 1 << rounds; pattern++)
            {
                for (var i = 0; i < rounds; i++)
                {
                    signs[i] = ((pattern >> i) & 1) == 1;
                }

                yield return signs;
            }

            yield break;
        }

        yield return signs;
        var random = new Random(Seed);
        for (var flip = 0; flip < RandomFlips; flip++)
        {
            for (var i = 0; i < rounds; i++)
            {
                signs[i] = random.Next(2) == 1;
            }

            yield return signs;
        }
    }
}
