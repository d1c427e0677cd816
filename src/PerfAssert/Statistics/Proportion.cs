namespace PerfAssert.Statistics;

/// <summary>Exact (Clopper–Pearson) bounds of a share.</summary>
internal static class Proportion
{
    // Halving [0, 1] this often reaches the spacing of doubles near 1e-16.
    private const int Halvings = 53;

    /// <summary>Bounds that each fail with at most probability <paramref name="tail"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than all.</exception>
    public static Interval Bounds(long x, long n, double tail)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(x, n);
        if (n == 0)
        {
            return new Interval(0, 1);
        }

        var lower = x <= 0 ? 0 : Bisect(p => BinomialTail.AtLeast(x, n, p) > tail);
        var upper = x >= n ? 1 : Bisect(p => BinomialTail.AtMost(x, n, p) <= tail);
        return new Interval(lower, upper);
    }

    /// <summary>The same of what autocorrelation leaves of a count, which is no whole number: the lower bound by fewer, the upper one by more.</summary>
    public static Interval Around(double x, long n, double tail) => new(
        Bounds((long)Math.Floor(x), n, tail).Lower,
        Bounds(Math.Min(n, (long)Math.Ceiling(x)), n, tail).Upper);

    private static double Bisect(Func<double, bool> isAbove)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = isAbove(middle) ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }
}
