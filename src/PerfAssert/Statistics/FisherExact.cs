using MathNet.Numerics;

namespace PerfAssert.Statistics;

/// <summary>Fisher's exact test of two shares: given how many failed in all, how many of them are the first one's.</summary>
internal static class FisherExact
{
    /// <summary>The one-sided p-value of "the first share is the larger one".</summary>
    /// <param name="failed">Failures of the first.</param>
    /// <param name="count">Requests of the first.</param>
    /// <param name="otherFailed">Failures of the second.</param>
    /// <param name="otherCount">Requests of the second.</param>
    public static double PValue(long failed, long count, long otherFailed, long otherCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(failed);
        ArgumentOutOfRangeException.ThrowIfNegative(otherFailed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(failed, count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(otherFailed, otherCount);
        var (all, total) = (failed + otherFailed, count + otherCount);
        var (least, most) = (Math.Max(0, all - otherCount), Math.Min(all, count));

        // Terms are added away from the mean, where they shrink: the other way they would begin below the smallest double.
        var mean = total == 0 ? 0 : (double)all * count / total;
        return failed > mean ? Math.Min(1, Sum(failed, 1)) : Math.Max(0, 1 - Sum(failed - 1, -1));

        double Sum(long from, int step)
        {
            if (from < least || from > most)
            {
                return 0;
            }

            var term = Math.Exp(LogTerm(from));
            var sum = term;
            for (var x = from; x + step >= least && x + step <= most && term > 0; x += step)
            {
                // Divided before it is multiplied: counts of millions multiply beyond what a double counts exactly, not beyond its range.
                term *= step > 0
                    ? (double)(all - x) / (x + 1) * ((count - x) / (double)(otherCount - all + x + 1))
                    : (double)x / (all - x + 1) * ((otherCount - all + x) / (double)(count - x + 1));
                sum += term;
            }

            return sum;
        }

        double LogTerm(long x) => LogChoose(count, x) + LogChoose(otherCount, all - x) - LogChoose(total, all);
    }

    private static double LogChoose(long n, long k) =>
        SpecialFunctions.GammaLn(n + 1.0) - SpecialFunctions.GammaLn(k + 1.0) - SpecialFunctions.GammaLn(n - k + 1.0);
}
