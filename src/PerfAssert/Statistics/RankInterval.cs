namespace PerfAssert.Statistics;

/// <summary>
/// Which order statistics enclose a percentile, whatever the distribution. For display of one run only: never hold one run
/// against another with it.
/// </summary>
/// <param name="Lower">Rank from 1; <see langword="null"/>: unbounded, the sample is too small.</param>
/// <param name="Upper">Rank from 1; <see langword="null"/>: unbounded, the sample is too small.</param>
internal readonly record struct RankInterval(long? Lower, long? Upper)
{
    /// <summary>Ranks (l, u) with P(l ≤ Bin(n, p) &lt; u) ≥ confidence, half of the error on either side.</summary>
    public static RankInterval Of(long n, double percentile, double confidence)
    {
        var tail = (1 - confidence) / 2;
        var lower = Search.Least(0, n, l => BinomialTail.AtMost(l, n, percentile) > tail);
        var upper = Search.Least(0, n, u => BinomialTail.AtLeast(u, n, percentile) <= tail);
        return new RankInterval(lower == 0 ? null : lower, upper > n ? null : upper);
    }
}
