using PerfAssert.Measurements;

namespace PerfAssert.Clients.Http;

/// <summary>The connections of one client to one server.</summary>
internal sealed class HttpTransport : IDisposable
{
    private readonly HttpMessageInvoker invoker;
    private readonly Uri baseAddress;
    private readonly ClientOptions options;
    private readonly string query;

    /// <param name="baseAddress">Absolute http or https address; relative paths are below its path, and its query goes with each request.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public HttpTransport(Uri baseAddress, ClientOptions? options)
    {
        this.options = options ?? new ClientOptions();
        this.baseAddress = Address(baseAddress);
        Check(this.options);
        query = this.baseAddress.Query.TrimStart('?');
        Secrets = new Secrets(this.options, query);
        invoker = new HttpMessageInvoker(LoadHandler.Create(this.options.MaxConnectionsPerServer), disposeHandler: true);
    }

    public Secrets Secrets { get; }

    public TimingNames TimingNames { get; } = new();

    public MeasuredServer? Server => options.Server;

    public bool IsHttp2 => options.HttpVersion.Major > 1;

    public static Uri Address(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsAbsoluteUri && address.Scheme is "http" or "https"
            ? new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + address.Query)
            : throw new ArgumentException("The server's address is absolute and begins with http:// or https://, such as http://127.0.0.1:8000.", nameof(address));
    }

    public static void Check(ClientOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConnectionsPerServer, 1);
        ArgumentNullException.ThrowIfNull(options.HttpVersion);
        ArgumentNullException.ThrowIfNull(options.Headers);
        if (options.HttpVersion is not { Major: 1, Minor: 0 or 1 } and not { Major: 2, Minor: 0 })
        {
            throw new ArgumentException($"HttpVersion is 1.0, 1.1 or 2.0, not {options.HttpVersion}.");
        }

        if (!options.ReuseConnections && options.HttpVersion.Major > 1)
        {
            throw new ArgumentException("ReuseConnections = false needs HTTP/1.1: a connection of HTTP/2 carries all requests.");
        }

        foreach (var (name, value) in options.Headers.Append(new("Authorization", options.Authorization ?? "-")))
        {
            // The value is not said: it may be a secret.
            using var probe = new HttpRequestMessage();
            if (string.IsNullOrEmpty(value) || value.AsSpan().ContainsAnyInRange('\0', '\x1f') || !probe.Headers.TryAddWithoutValidation(name, value))
            {
                throw new ArgumentException($"Header '{name}' cannot be sent: its name is not one of a request header, or its value is empty or has control characters.");
            }
        }
    }

    public HttpRequestMessage Message(HttpMethod method, string path, HttpContent? content)
    {
        var message = new HttpRequestMessage(method, Target(path))
        {
            Content = content,
            Version = options.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (!options.ReuseConnections)
        {
            message.Headers.ConnectionClose = true;
        }

        if (options.Authorization is { } authorization)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var (name, value) in options.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) =>
        invoker.SendAsync(message, cancellationToken);

    public void Dispose() => invoker.Dispose();

    private Uri Target(string path)
    {
        // An empty path leaves the query of the address as it is.
        var target = new Uri(baseAddress, path);
        return query.Length == 0 || path.Length == 0 ? target : new UriBuilder(target) { Query = target.Query.Length > 1 ? $"{target.Query}&{query}" : query }.Uri;
    }
}
