using PerfAssert.Measurements;

namespace PerfAssert.Judging;

/// <summary>What is odd about the token streams of a run: their figures mean something else then.</summary>
internal static class StreamWarnings
{
    // A thread that was descheduled between the last token and the end makes a gap now and then.
    private const double FewUneven = 0.01;

    public static IEnumerable<string> Of(MeasuredRun run)
    {
        var checks = run.Rounds.Aggregate(default(StreamChecks), (sum, round) => sum + round.Streams);
        if (checks.Uneven > FewUneven * checks.Requests)
        {
            yield return
                $"TTFT + TPOT · (n − 1) is not the latency of {Share(checks.Uneven, checks)}: {Say.Duration((double)checks.UnevenBy / checks.Uneven)} " +
                "apart on average at the pace of the marked tokens. Tokens are not marked or not counted, or the answer goes on after its last " +
                "token; tpot spreads all of the time after the first token over the tokens";
        }

        if (checks.Miscounted > 0)
        {
            yield return
                $"the server counts other output tokens than were marked in {Share(checks.Miscounted, checks)}: " +
                $"{Mean(checks.MiscountedTokens, checks.Miscounted)} against {Mean(checks.MiscountedMarks, checks.Miscounted)} on average. " +
                "tpot and output tokens/s use the server's count, itl is the gap between marks";
        }

        if (checks.Bundled > 0)
        {
            yield return $"chunks hold several tokens in {Share(checks.Bundled, checks)}: itl is the gap between chunks, not between tokens";
        }

        if (checks.Uncounted > 0)
        {
            yield return
                $"tokens are chunks in {Share(checks.Uncounted, checks)}: the server counted none. " +
                "tpot, itl and output tokens/s are of chunks, which may hold several tokens";
        }
    }

    private static string Share(long count, StreamChecks checks) =>
        $"{Say.Count(count)} of {Say.Count(checks.Requests)} streamed requests ({Say.Percent((double)count / checks.Requests)})";

    private static string Mean(long sum, long count) => Say.Figure((double)sum / count);
}
