using System.Net;
using System.Net.Sockets;

namespace PerfAssert.Clients.Http;

/// <summary>.NET's HTTP handler, set up for load: what is measured is the server, so nothing is helped, followed or remembered.</summary>
/// <remarks>
/// Over HTTP/1.1 without TLS its connections tell each perf request when its first byte was sent and when the last byte of its answer arrived
/// (<see cref="PerfRequest.MarkSent"/>, <see cref="PerfRequest.MarkReceived"/>): on Linux as the kernel saw it, elsewhere when it was read.
/// </remarks>
public static class LoadHandler
{
    /// <summary>A handler for an <see cref="HttpClient"/> of your own, such as all clients of this package have: no proxy, no cookies, no redirects, no decompression.</summary>
    /// <param name="maxConnectionsPerServer">Most connections open at once, at least 1; a request beyond it waits. Default: no limit.</param>
    /// <returns>The handler; the client that it is given to disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConnectionsPerServer"/> is below 1.</exception>
    public static SocketsHttpHandler Create(int maxConnectionsPerServer = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConnectionsPerServer, 1);
        return new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = maxConnectionsPerServer,
            EnableMultipleHttp2Connections = true,
            ConnectCallback = ConnectAsync,
        };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var first = context.InitialRequestMessage;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new ConnectionStream(socket, isPlainHttp1: first.Version.Major == 1 && first.RequestUri?.Scheme == Uri.UriSchemeHttp);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
