namespace PerfAssert.Runs;

/// <summary>
/// Checks on the marks of streamed answers: the means are over the requests of the count before them, and <see langword="null"/> without any.
/// </summary>
/// <param name="Requests">Successful requests that marked a token.</param>
/// <param name="Uneven">Those that break TTFT + TPOT · (n − 1) = latency by more than 1 % and 1 ms, TPOT taken from the marks.</param>
/// <param name="UnevenByMs">Mean size of that gap.</param>
/// <param name="Miscounted">Those with another count of output tokens by the server than marked.</param>
/// <param name="MiscountedMarks">Mean of the tokens marked by those.</param>
/// <param name="MiscountedTokens">Mean of the server's count of those.</param>
/// <param name="Bundled">Those with several tokens in one chunk: <c>itl</c> is then the gap between chunks.</param>
/// <param name="Uncounted">Those whose marks are chunks, with no count by the server.</param>
internal sealed record RunStreams(
    long Requests,
    long Uneven,
    double? UnevenByMs,
    long Miscounted,
    double? MiscountedMarks,
    double? MiscountedTokens,
    long Bundled,
    long Uncounted = 0);
