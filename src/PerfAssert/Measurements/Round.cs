using System.Collections.Immutable;
using HdrHistogram;

namespace PerfAssert.Measurements;

/// <summary>What one measured pass of the load saw. Histograms are in nanoseconds.</summary>
internal sealed record Round
{
    /// <summary>Position in the run, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Which version was measured.</summary>
    public required Variant Variant { get; init; }

    /// <summary>Latency of successful requests: end − intended start (open loop) or end − start (closed loop), without <see cref="ReadLag"/>.</summary>
    public required HistogramBase Latency { get; init; }

    /// <summary>
    /// Service time of successful requests, without <see cref="ConnectionWait"/> and <see cref="ReadLag"/>: from the first byte sent to the last one
    /// that arrived where their client told, else end − actual start.
    /// </summary>
    public required HistogramBase ServiceTime { get; init; }

    /// <summary>Send lag of all requests sent: actual start − intended start, with <see cref="ConnectionWait"/>. Empty in closed loop.</summary>
    public required HistogramBase SendLag { get; init; }

    /// <summary>
    /// The generator's own lateness: send lag without the wait for a free place at MaxInFlight, which is the server's doing.
    /// </summary>
    public required HistogramBase Lateness { get; init; }

    /// <summary>
    /// Waits for a connection inside the test's own HTTP client, a free one or a new one, of those requests that had to wait. The request
    /// was not on its way meanwhile.
    /// </summary>
    public required HistogramBase ConnectionWait { get; init; }

    /// <summary>How long the last of an answer had been in this machine when its client read it, of those requests whose client told.</summary>
    public required HistogramBase ReadLag { get; init; }

    /// <summary>Connections that HTTP clients of the test process closed meanwhile: next to none where they are kept.</summary>
    public long ConnectionsClosed { get; init; }

    /// <summary>Durations of failed requests from their intended start; timed-out ones at the timeout.</summary>
    public required HistogramBase FailedDurations { get; init; }

    /// <summary>Further series by name: <c>ttft</c>, <c>tpot</c>, <c>itl</c>, and those of <see cref="PerfRequest.Record"/>.</summary>
    public required ImmutableSortedDictionary<string, HistogramBase> Series { get; init; }

    /// <summary>Requests that succeeded.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Requests that failed, timed-out ones included.</summary>
    public required long Failed { get; init; }

    /// <summary>Requests that timed out: known to be slower than every latency limit.</summary>
    public required long TimedOut { get; init; }

    /// <summary>Those of them that timed out before they marked a token: their time to first token is above the timeout.</summary>
    public long TimedOutWithoutToken { get; init; }

    /// <summary>Successful requests that met every absolute latency budget.</summary>
    public required long Good { get; init; }

    /// <summary>Requests sent after waiting for a free place at MaxInFlight.</summary>
    public required long QueuedAtMaxInFlight { get; init; }

    /// <summary>Requests that ignored their cancellation token beyond the timeout and were left behind.</summary>
    public required long Abandoned { get; init; }

    /// <summary>Input tokens of successful requests.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Output tokens of successful requests.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Bytes sent by successful requests.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Bytes received by successful requests.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Whether the marks of streamed answers agree with their latency and with the server's count.</summary>
    public StreamChecks Streams { get; init; }

    /// <summary>
    /// How long the measured phases took: in open loop the whole of their schedule, and longer where its last answer came later; in closed loop each until its
    /// last answer.
    /// </summary>
    public required TimeSpan Span { get; init; }

    /// <summary>The part of the schedule in which measured requests were due. Zero in closed loop.</summary>
    public required TimeSpan ScheduledSpan { get; init; }

    /// <summary>Arrivals the schedule asked for in the measured part; 0 in closed loop.</summary>
    public required long Scheduled { get; init; }

    /// <summary>Arrivals that were sent and had not ended when a look was taken inside of the round; 0 in a whole one, and in closed loop.</summary>
    public long InFlight { get; init; }

    /// <summary>
    /// Successful completions in consecutive slices of <see cref="SliceLength"/> from the start of the measured part up to the last one: <see cref="Span"/>
    /// may go on without any.
    /// </summary>
    public required ImmutableArray<long> CompletionsPerSlice { get; init; }

    /// <summary>Length of a slice of <see cref="CompletionsPerSlice"/>.</summary>
    public required TimeSpan SliceLength { get; init; }

    /// <summary>Latencies in request order, for the autocorrelation.</summary>
    public required LatencyTrace Trace { get; init; }

    /// <summary>Failures by type and message.</summary>
    public required ImmutableArray<ErrorGroup> Errors { get; init; }

    /// <summary>Whether the test method asked which version its requests go to.</summary>
    public bool VariantRead { get; init; }

    /// <summary>Latency samples: successes and timeouts.</summary>
    public long LatencySamples => Succeeded + TimedOut;

    /// <summary>All measured requests.</summary>
    public long Requests => Succeeded + Failed;
}
