namespace PerfAssert.Measurements;

/// <summary>
/// Whether the marks of streamed answers agree with the answer's length in time and with the server's count of tokens. Sums over
/// successful requests that marked a token; durations in nanoseconds.
/// </summary>
/// <param name="Requests">Requests that were looked at.</param>
/// <param name="Uneven">
/// Those that break TTFT + TPOT · (n − 1) = latency by more than 1 % of the latency and 1 ms. TPOT is here the pace of the marks, and n the
/// server's count where it gave one; the pace derived from the latency would always agree.
/// </param>
/// <param name="UnevenBy">Size of the gap of those, summed.</param>
/// <param name="Miscounted">Those with another count by the server than marked.</param>
/// <param name="MiscountedMarks">Tokens marked by those.</param>
/// <param name="MiscountedTokens">Output tokens of those by the server's count.</param>
/// <param name="Bundled">Those with several tokens in one chunk: their gaps are between chunks, not tokens.</param>
/// <param name="Uncounted">Those whose marks are chunks, with no count by the server.</param>
internal readonly record struct StreamChecks(
    long Requests, long Uneven, long UnevenBy, long Miscounted, long MiscountedMarks, long MiscountedTokens, long Bundled, long Uncounted = 0)
{
    private const long SmallGap = 1_000_000;
    private const double SmallShare = 0.01;

    public static StreamChecks operator +(StreamChecks left, StreamChecks right) => new(
        left.Requests + right.Requests,
        left.Uneven + right.Uneven,
        left.UnevenBy + right.UnevenBy,
        left.Miscounted + right.Miscounted,
        left.MiscountedMarks + right.MiscountedMarks,
        left.MiscountedTokens + right.MiscountedTokens,
        left.Bundled + right.Bundled,
        left.Uncounted + right.Uncounted);

    /// <summary>Looks at one answer.</summary>
    /// <param name="latency">End − intended start.</param>
    /// <param name="first">First mark − intended start: TTFT.</param>
    /// <param name="span">Last mark − first mark.</param>
    /// <param name="chunks">Marks, at least one.</param>
    /// <param name="marked">Tokens in them.</param>
    /// <param name="told">Output tokens by the server's count; 0: it gave none.</param>
    /// <param name="uncounted">Whether the marks are chunks rather than tokens, and a count was missed.</param>
    public static StreamChecks Of(long latency, long first, long span, long chunks, long marked, long told, bool uncounted = false)
    {
        var gap = Gap(latency, first, span, marked, told > 0 ? told : marked);
        var uneven = gap > SmallGap && gap > SmallShare * latency;
        var miscounted = told > 0 && told != marked;
        return new StreamChecks(
            1,
            uneven ? 1 : 0,
            uneven ? gap : 0,
            miscounted ? 1 : 0,
            miscounted ? marked : 0,
            miscounted ? told : 0,
            marked > chunks ? 1 : 0,
            uncounted && told == 0 ? 1 : 0);
    }

    // A single mark has no pace: then all of the time after it is a gap, unless the answer has one token alone, whose TPOT is undefined.
    private static long Gap(long latency, long first, long span, long marked, long tokens)
    {
        if (tokens < 2)
        {
            return 0;
        }

        var paced = marked < 2 ? 0 : (double)span / (marked - 1) * (tokens - 1);
        return (long)Math.Abs(latency - first - paced);
    }
}
