namespace PerfAssert.Statistics;

/// <summary>Wilcoxon's signed-rank sum of n symmetric differences: its exact distribution.</summary>
internal static class SignedRank
{
    /// <summary>P(sum of the ranks of the positive differences ≤ x), when neither sign is likelier.</summary>
    public static double AtMost(int x, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return x < 0 ? 0 : Math.Min(1, Shares(n).Take(x + 1).Sum());
    }

    /// <summary>
    /// Which Walsh average, counted from 1 at either end, bounds the centre with error at most <paramref name="level"/> on that side;
    /// <see langword="null"/>: so few differences have no such bound.
    /// </summary>
    public static int? BoundingRank(int n, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var (cumulated, rank) = (0.0, 0);
        foreach (var share in Shares(n))
        {
            cumulated += share;

            // A level such as 1/32 is meant to be reached by it.
            if (cumulated > level * (1 + 1e-12))
            {
                break;
            }

            rank++;
        }

        return rank == 0 ? null : rank;
    }

    // shares[s]: the share of the 2^n sign patterns whose positive ranks sum to s, one rank more at a time.
    private static double[] Shares(int n)
    {
        var shares = new double[(n * (n + 1) / 2) + 1];
        shares[0] = 1;
        var largest = 0;
        for (var rank = 1; rank <= n; rank++)
        {
            largest += rank;
            for (var sum = largest; sum >= 0; sum--)
            {
                shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2;
            }
        }

        return shares;
    }
}
