namespace PerfAssert.Statistics;

/// <summary>
/// Whether a share of requests over a limit is proved to be below or above what a budget allows. For "p99 ≤ B" the allowed
/// share is 0.01. The quantile is never estimated: the count over the limit is tested.
/// </summary>
internal static class ExceedanceTest
{
    /// <summary>Whether <paramref name="exceedances"/> of <paramref name="n"/> prove a share of at most <paramref name="allowed"/>.</summary>
    public static bool IsWithin(long exceedances, long n, double allowed, double level) =>
        BinomialTail.AtMost(exceedances, n, allowed) <= level;

    /// <summary>Whether <paramref name="exceedances"/> of <paramref name="n"/> prove a share of more than <paramref name="allowed"/>.</summary>
    public static bool IsOver(long exceedances, long n, double allowed, double level) =>
        BinomialTail.AtLeast(exceedances, n, allowed) <= level;

    /// <summary>The most exceedances that still prove Within; <see langword="null"/>: not even none would.</summary>
    public static long? MostForWithin(long n, double allowed, double level)
    {
        var most = Search.Least(0, n, x => !IsWithin(x, n, allowed, level)) - 1;
        return most < 0 ? null : most;
    }

    /// <summary>The fewest exceedances that prove Over; <see langword="null"/>: not even all would.</summary>
    public static long? LeastForOver(long n, double allowed, double level)
    {
        var least = Search.Least(0, n, x => IsOver(x, n, allowed, level));
        return least > n ? null : least;
    }

    /// <summary>
    /// The fewest independent requests that can prove Within when <paramref name="exceedances"/> of them are over the limit.
    /// This is MLPerf LoadGen's early-stopping rule with no tolerance: its queries for t over-latency ones.
    /// </summary>
    public static long MinimumCount(double allowed, double level, long exceedances = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(allowed);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        var enough = exceedances + 1;
        while (!IsWithin(exceedances, enough, allowed, level))
        {
            enough *= 2;
        }

        return Search.Least(exceedances + 1, enough, n => IsWithin(exceedances, n, allowed, level));
    }
}
