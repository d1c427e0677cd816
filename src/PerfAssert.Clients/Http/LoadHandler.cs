using System.Net;
using System.Net.Sockets;

namespace PerfAssert.Clients.Http;

/// <summary>.NET's HTTP handler, set up for load: what is measured is the server, so nothing is helped, followed or remembered.</summary>
internal static class LoadHandler
{
    public static SocketsHttpHandler Create(ClientOptions options) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = options.MaxConnectionsPerServer,
        EnableMultipleHttp2Connections = true,
        ConnectCallback = ConnectAsync,
    };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new ConnectionStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
