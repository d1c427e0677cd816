using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PerfAssert.Clients.Http;

/// <summary>.NET's HTTP handler, set up for load: what is measured is the server, so nothing is helped, followed or remembered.</summary>
/// <remarks>
/// Over HTTP/1.1 its connections tell each perf request when its first byte was sent and when the last byte of its answer arrived
/// (<see cref="PerfRequest.MarkSent"/>, <see cref="PerfRequest.MarkReceived"/>): on Linux as the kernel saw it, elsewhere when it was read.
/// A synchronous <see cref="HttpClient.Send(HttpRequestMessage)"/> is not told.
/// </remarks>
public static class LoadHandler
{
    // .NET hands the connection to TLS and gives back another stream; both times it says for which request it connects.
    private static readonly ConditionalWeakTable<HttpRequestMessage, ConnectionStream> Encrypted = [];

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
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult(Decrypted(context)),
        };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var first = context.InitialRequestMessage;
        var isEncrypted = first.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            if (!isEncrypted)
            {
                return new ConnectionStream(socket, first.Version.Major == 1 ? ConnectionStream.Kind.Plain : ConnectionStream.Kind.Shared);
            }

            var connection = new ConnectionStream(socket, ConnectionStream.Kind.Encrypted);
            Encrypted.AddOrUpdate(first, connection);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Stream Decrypted(SocketsHttpPlaintextStreamFilterContext context)
    {
        if (!Encrypted.TryGetValue(context.InitialRequestMessage, out var connection))
        {
            return context.PlaintextStream;
        }

        if (context.NegotiatedHttpVersion.Major == 1)
        {
            return new TlsStream(context.PlaintextStream, connection);
        }

        connection.Share();
        return context.PlaintextStream;
    }
}
