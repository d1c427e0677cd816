using PerfAssert.Clients.Http;

namespace PerfAssert.Clients.TorchServe;

/// <summary>A client of TorchServe's predictions. What comes back is what the model's handler returns. Safe for many requests at once.</summary>
public sealed class TorchServeClient : IDisposable
{
    private readonly HttpTransport transport;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="baseAddress">The server's address, <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="options">How to connect. Default: <see cref="ClientOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public TorchServeClient(Uri baseAddress, ClientOptions? options = null) => transport = new HttpTransport(baseAddress, options);

    /// <summary>Asks a model: <c>POST /predictions/MODEL[/VERSION]</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="model">Name of the model; <c>MODEL/VERSION</c> asks for a version.</param>
    /// <param name="body">What the handler takes: an image, a text, JSON. It is sent as it is, and not copied.</param>
    /// <param name="contentType">What it is, such as <c>image/jpeg</c>. Default: <c>application/json</c>.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>The answer; JSON that it claims to be is JSON.</returns>
    /// <exception cref="RequestFailedException">The status is no success, or the answer broke off.</exception>
    public async Task<Answer> PredictAsync(
        PerfRequest? request,
        string model,
        ReadOnlyMemory<byte> body,
        string contentType = "application/json",
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        var path = string.Join('/', model.Split('/').Select(Uri.EscapeDataString));
        using var exchange = new Exchange(transport, request, cancellationToken);
        await exchange.PostAsync($"predictions/{path}", new BodyContent(new PooledBuffer(), contentType, [body]), "*/*").ConfigureAwait(false);

        // Handlers return what they like; a list of texts is sent as JSON under that name, a single one under no name or text/plain.
        return await (exchange.ContentType == "application/json" ? exchange.JsonAnswerAsync() : exchange.AnswerAsync()).ConfigureAwait(false);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();
}
