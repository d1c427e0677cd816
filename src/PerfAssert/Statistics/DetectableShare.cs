namespace PerfAssert.Statistics;

/// <summary>What counts of failures can see: the power of Fisher's exact test against counts that are known.</summary>
internal static class DetectableShare
{
    /// <summary>The true share that is found to be the larger one with the given chance; infinite where not even failures alone would show it.</summary>
    /// <param name="count">Requests that are looked at.</param>
    /// <param name="otherFailed">Failures of the others.</param>
    /// <param name="otherCount">Requests of the others.</param>
    /// <param name="level">The test's error.</param>
    /// <param name="power">The chance.</param>
    public static double Of(long count, long otherFailed, long otherCount, double level, double power) =>
        Of(count, failed => FisherExact.PValue(failed, count, otherFailed, otherCount) <= level, power);

    /// <summary>The true share at which a condition on the number of failures holds with the given chance. Once it holds, it holds for more failures.</summary>
    public static double Of(long count, Func<long, bool> holds, double power)
    {
        var least = Search.Least(1, count, holds);
        return least > count ? double.PositiveInfinity : Proportion.Bounds(least - 1, count, 1 - power).Upper;
    }
}
