namespace PerfAssert.Statistics;

/// <summary>How much consecutive observations repeat each other.</summary>
internal static class Autocorrelation
{
    /// <summary>
    /// The integrated autocorrelation time τ = 1 + 2 Σ ρ(k): n observations tell as much as n / τ independent ones. Never below 1.
    /// </summary>
    /// <remarks>
    /// The sum is cut by Geyer's initial positive sequence (Statistical Science 7, 1992): the sums of neighbouring pairs
    /// ρ(2m) + ρ(2m+1) of a reversible chain are positive, so the first that is not is noise. Lags pair observations of one
    /// block only, up to half of the longest block. A level that differs between blocks counts as correlation, as it should.
    /// </remarks>
    /// <param name="blocks">Consecutive observations; observations of different blocks are not neighbours.</param>
    public static double IntegratedTime(IReadOnlyList<double[]> blocks)
    {
        var count = blocks.Sum(b => (long)b.Length);
        if (count < 2)
        {
            return 1;
        }

        var mean = blocks.Sum(b => b.Sum()) / count;
        var variance = Covariance(blocks, mean, 0);
        if (!(variance > 0))
        {
            return 1;
        }

        var longest = blocks.Max(b => b.Length);
        var pairs = 0.0;
        for (var lag = 0; lag + 1 <= longest / 2; lag += 2)
        {
            var pair = (Covariance(blocks, mean, lag) + Covariance(blocks, mean, lag + 1)) / variance;
            if (pair <= 0)
            {
                break;
            }

            pairs += pair;
        }

        return Math.Max(1, (2 * pairs) - 1);
    }

    /// <summary>The lag-1 autocorrelation of one series; 0 when it does not vary.</summary>
    public static double LagOne(double[] series)
    {
        if (series.Length < 3)
        {
            return 0;
        }

        var mean = series.Average();
        var squares = series.Sum(x => (x - mean) * (x - mean));
        var products = series.Zip(series.Skip(1), (a, b) => (a - mean) * (b - mean)).Sum();
        return squares > 0 ? products / squares : 0;
    }

    private static double Covariance(IReadOnlyList<double[]> blocks, double mean, int lag)
    {
        var (sum, pairs) = (0.0, 0L);
        foreach (var block in blocks)
        {
            for (var i = lag; i < block.Length; i++)
            {
                sum += (block[i] - mean) * (block[i - lag] - mean);
            }

            pairs += Math.Max(0, block.Length - lag);
        }

        return pairs == 0 ? 0 : sum / pairs;
    }
}
