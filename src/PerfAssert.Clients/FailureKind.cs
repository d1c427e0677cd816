namespace PerfAssert.Clients;

/// <summary>What went wrong with a request.</summary>
public enum FailureKind
{
    /// <summary>No connection was made: refused, unreachable, unknown host, failed TLS handshake.</summary>
    NoConnection,

    /// <summary>A new connection was closed or reset before any byte of the answer.</summary>
    BrokenConnection,

    /// <summary>A connection that had served a request before was closed or reset before any byte of the answer.</summary>
    BrokenReusedConnection,

    /// <summary>HTTP 429 or 503, gRPC RESOURCE_EXHAUSTED or UNAVAILABLE: the server sheds load.</summary>
    Overloaded,

    /// <summary>Any other HTTP status than 2xx, or gRPC status than OK.</summary>
    Status,

    /// <summary>An error object or event inside a successful answer.</summary>
    ErrorInAnswer,

    /// <summary>The answer broke off: connection closed or reset after its start, half an event, no end mark, no finish reason.</summary>
    Truncated,

    /// <summary>The answer is not what the protocol says: no JSON, missing fields, too long.</summary>
    Malformed,

    /// <summary>
    /// A complete answer with no output, or with fewer tokens than <see cref="GenerationRequest.OutputTokens"/> asked for, or nothing to show how many.
    /// </summary>
    ShortOutput,
}
