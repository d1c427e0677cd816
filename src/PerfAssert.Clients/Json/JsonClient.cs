using System.Text.Json;
using PerfAssert.Clients.Http;

namespace PerfAssert.Clients.Json;

/// <summary>
/// A client of any endpoint that takes JSON and answers JSON: FastAPI, Ray Serve, your own. A plain endpoint has no convention for an
/// error inside HTTP 200: look at the answer and call <see cref="PerfRequest.Fail"/>. Safe for many requests at once.
/// </summary>
public sealed class JsonClient : IDisposable
{
    private readonly HttpTransport transport;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="baseAddress">The server's address; paths are below it.</param>
    /// <param name="options">How to connect. Default: <see cref="ClientOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public JsonClient(Uri baseAddress, ClientOptions? options = null) => transport = new HttpTransport(baseAddress, options);

    /// <summary>Posts a value as JSON, by its public properties.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="path">Path below the address, <c>predict</c>.</param>
    /// <param name="value">The body: any value but text, which would be ambiguous; see <see cref="PostJsonAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>The answer, which is JSON.</returns>
    /// <exception cref="RequestFailedException">The status is no success, the answer broke off, or it is no JSON.</exception>
    public Task<Answer> PostAsync<T>(PerfRequest? request, string path, T value, CancellationToken cancellationToken = default)
    {
        var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonSerializer.Serialize(writer, value, JsonSerializerOptions.Web);
        }

        return SendAsync(request, path, new BodyContent(buffer, "application/json"), cancellationToken);
    }

    /// <summary>Posts JSON as it is given.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="path">Path below the address, <c>predict</c>.</param>
    /// <param name="json">The body, UTF-8: <c>"""{"text": "hi"}"""u8.ToArray()</c>. It is sent as it is, and not copied.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>The answer, which is JSON.</returns>
    /// <exception cref="RequestFailedException">The status is no success, the answer broke off, or it is no JSON.</exception>
    public Task<Answer> PostJsonAsync(PerfRequest? request, string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default) =>
        SendAsync(request, path, new BodyContent(new PooledBuffer(), "application/json", [json]), cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();

    private async Task<Answer> SendAsync(PerfRequest? request, string path, BodyContent body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var exchange = new Exchange(transport, request, cancellationToken);
        await exchange.PostAsync(path.TrimStart('/'), body, "application/json").ConfigureAwait(false);
        return await exchange.JsonAnswerAsync().ConfigureAwait(false);
    }
}
