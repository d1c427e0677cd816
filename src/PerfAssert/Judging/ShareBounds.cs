using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>Bounds of how much a share of failures has changed over runs.</summary>
internal static class ShareBounds
{
    /// <summary>
    /// Those over runs. Where none of the stored runs had a failure, that they do not vary says nothing, and the requests alone bound the share (Clopper–Pearson).
    /// </summary>
    /// <param name="overRuns">Over runs.</param>
    /// <param name="usual">The stored runs' share.</param>
    /// <param name="failed">Failures of the new ones.</param>
    /// <param name="requests">Their requests.</param>
    /// <param name="tail">What each bound may fail with.</param>
    public static Interval Of(Interval overRuns, double usual, long failed, long requests, double tail) => usual > 0 || failed == 0
        ? overRuns
        : Proportion.Bounds(failed, requests, tail);
}
