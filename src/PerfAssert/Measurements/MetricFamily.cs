namespace PerfAssert.Measurements;

/// <summary>What kind of thing a metric measures; decides quantity, direction and how it is judged.</summary>
internal enum MetricFamily
{
    /// <summary>End minus intended start.</summary>
    Latency,

    /// <summary>End minus actual start.</summary>
    ServiceTime,

    /// <summary>Actual start minus intended start.</summary>
    SendLag,

    /// <summary>Time to first token.</summary>
    TimeToFirstToken,

    /// <summary>Time per output token after the first.</summary>
    TimePerOutputToken,

    /// <summary>Gap between tokens, pooled over requests.</summary>
    InterTokenLatency,

    /// <summary>A duration recorded by the test with <see cref="PerfRequest.Record"/>.</summary>
    Recorded,

    /// <summary>Failed requests over all requests.</summary>
    Errors,

    /// <summary>Successful requests per second.</summary>
    Throughput,

    /// <summary>Requests per second that meet every absolute latency budget.</summary>
    Goodput,

    /// <summary>Output tokens per second.</summary>
    OutputTokens,

    /// <summary>Input tokens per second.</summary>
    InputTokens,

    /// <summary>US dollars per 1,000 successful requests.</summary>
    CostPerThousandRequests,

    /// <summary>US dollars per million output tokens.</summary>
    CostPerMillionTokens,

    /// <summary>What the server or the GPU said: <c>gpu.*</c>, <c>server.*</c>.</summary>
    Telemetry,
}
