using System.Globalization;
using System.Net;

using Microsoft.AspNetCore.Server.Kestrel.Core;

using SentimentServer.Options;

namespace SentimentServer.Hosting;

/// <summary>The addresses of the server. gRPC needs its own: without TLS nothing says which HTTP version a connection speaks.</summary>
internal sealed class Listeners(ServerOptions options)
{
    private const string Ready = "listening on";

    private readonly List<(string Announcement, ListenOptions Listener)> _opened = [];

    public void Open(KestrelServerOptions kestrel)
    {
        foreach (var url in options.Urls.Split(';'))
        {
            Listen(kestrel, Ready, url, HttpProtocols.Http1);
        }

        if (options.GrpcPort is { } grpc)
        {
            Listen(kestrel, "gRPC on", Url(grpc), HttpProtocols.Http2);
        }

        if (options.MetricsPort is { } metrics)
        {
            Listen(kestrel, "metrics on", Url(metrics), HttpProtocols.Http1);
        }
    }

    /// <summary>One line for each address, with the ports that were found. Those a starter waits for come last: the others are known then.</summary>
    public IEnumerable<string> Announcements() => _opened
        .OrderBy(opened => opened.Announcement == Ready)
        .Select(opened => $"{opened.Announcement} {opened.Listener}");

    private string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://{options.Host}:{port}");

    private void Listen(KestrelServerOptions kestrel, string announcement, string url, HttpProtocols protocols)
    {
        var address = BindingAddress.Parse(url);
        if (IPAddress.TryParse(address.Host, out var ip))
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else if (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }

        void Configure(ListenOptions listener)
        {
            listener.Protocols = protocols;
            _opened.Add((announcement, listener));
        }
    }
}
