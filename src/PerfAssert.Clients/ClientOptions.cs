using PerfAssert.Measurements;

namespace PerfAssert.Clients;

/// <summary>
/// How a client connects. There is no time limit of its own: a perf request is cancelled by its load's <c>RequestTimeout</c>, other
/// calls by the token they are given. No proxy, no cookies, no redirects, and no request is ever sent twice by a client.
/// </summary>
public sealed class ClientOptions
{
    /// <summary>
    /// Whether a connection serves more than one request. Default: true. False sends <c>Connection: close</c> with every HTTP/1.1
    /// request: connecting is then part of every latency.
    /// </summary>
    public bool ReuseConnections { get; init; } = true;

    /// <summary>Most connections open at once, at least 1; a request beyond it waits, and the wait is in its latency. Default: no limit.</summary>
    public int MaxConnectionsPerServer { get; init; } = int.MaxValue;

    /// <summary>HTTP version, exactly: 1.0, 1.1 or 2.0. Default: 1.1. gRPC always speaks 2.0.</summary>
    public Version HttpVersion { get; init; } = new(1, 1);

    /// <summary>Value of the <c>Authorization</c> header, such as <c>Bearer TOKEN</c>. Default: none. It appears in no message and no file.</summary>
    public string? Authorization { get; init; }

    /// <summary>More headers of every request, such as <c>api-key</c>. Default: none. Their values appear in no message and no file.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The server that each perf request is told it goes to (<see cref="PerfRequest.UseServer"/>). Default: none.</summary>
    public MeasuredServer? Server { get; private set; }

    /// <summary>The same options for the client of a server that run files name.</summary>
    /// <param name="server">The server.</param>
    /// <returns>A copy.</returns>
    public ClientOptions For(MeasuredServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var copy = (ClientOptions)MemberwiseClone();
        copy.Server = server;
        return copy;
    }
}
