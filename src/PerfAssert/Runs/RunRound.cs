using System.Collections.Immutable;

namespace PerfAssert.Runs;

/// <summary>What one measured pass of the load saw.</summary>
internal sealed record RunRound
{
    /// <summary>Position in the run, from 0.</summary>
    public required int Index { get; init; }

    public required Variant Variant { get; init; }

    public required long Succeeded { get; init; }

    /// <summary>Timed-out requests included.</summary>
    public required long Failed { get; init; }

    public required long TimedOut { get; init; }

    /// <summary>Successful requests that met every absolute latency budget.</summary>
    public required long Good { get; init; }

    /// <summary>Requests sent after waiting for a free place at MaxInFlight.</summary>
    public required long QueuedAtMaxInFlight { get; init; }

    /// <summary>Requests that ignored their cancellation beyond the timeout and were left behind.</summary>
    public required long Abandoned { get; init; }

    public required long InputTokens { get; init; }

    public required long OutputTokens { get; init; }

    public required long BytesSent { get; init; }

    public required long BytesReceived { get; init; }

    /// <summary>How long the measured phases took, up to the end of their last request.</summary>
    public required double SpanMs { get; init; }

    /// <summary>The part of the schedule in which measured requests were due; 0 in closed loop.</summary>
    public required double ScheduledSpanMs { get; init; }

    /// <summary>Arrivals the schedule asked for; 0 in closed loop.</summary>
    public required long Scheduled { get; init; }

    /// <summary>All requests over the span.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>Successful requests over the span.</summary>
    public required double SucceededPerSecond { get; init; }

    /// <summary>Good requests over the span.</summary>
    public required double GoodPerSecond { get; init; }

    /// <summary>Checks on the marks of streamed answers; <see langword="null"/>: no token was marked, or a file older than this key.</summary>
    public RunStreams? Streams { get; init; }

    public required RunDistribution Latency { get; init; }

    public required RunDistribution ServiceTime { get; init; }

    public required RunDistribution SendLag { get; init; }

    /// <summary>Send lag without the wait for a free place at MaxInFlight.</summary>
    public required RunDistribution Lateness { get; init; }

    /// <summary>Waits for a connection inside the test's own HTTP client, of the requests that had to wait.</summary>
    public RunDistribution ConnectionWait { get; init; } = RunDistribution.Empty;

    /// <summary>For how long the last of an answer could have been read when it was, of the requests whose client told.</summary>
    public RunDistribution ReadLag { get; init; } = RunDistribution.Empty;

    public required RunDistribution FailedDurations { get; init; }

    /// <summary>Further series by name: <c>ttft</c>, <c>tpot</c>, <c>itl</c> and the test's own.</summary>
    public required ImmutableSortedDictionary<string, RunDistribution> Series { get; init; }

    public required double SliceMs { get; init; }

    /// <summary>Successful completions in consecutive slices from the start of the round.</summary>
    public required ImmutableArray<long> CompletionsPerSlice { get; init; }

    public required ImmutableArray<RunError> Errors { get; init; }
}
