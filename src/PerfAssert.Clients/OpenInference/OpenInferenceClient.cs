using System.Globalization;
using PerfAssert.Clients.Http;

namespace PerfAssert.Clients.OpenInference;

/// <summary>
/// A client of the Open Inference Protocol ("KServe v2") over HTTP: Triton, KServe runtimes, MLServer, OpenVINO Model Server. Safe for many
/// requests at once. Over gRPC: <see cref="OpenInferenceGrpcClient"/>.
/// </summary>
public sealed class OpenInferenceClient : IDisposable
{
    private const string JsonLength = "Inference-Header-Content-Length";

    private readonly HttpTransport transport;
    private readonly TensorEncoding encoding;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="baseAddress">The server's address, <c>http://127.0.0.1:8000</c>.</param>
    /// <param name="encoding">How tensors are sent and asked for. Default: as JSON, which every server takes and which costs more of both.</param>
    /// <param name="options">How to connect. Default: <see cref="ClientOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public OpenInferenceClient(Uri baseAddress, TensorEncoding encoding = TensorEncoding.Plain, ClientOptions? options = null)
    {
        this.encoding = encoding;
        transport = new HttpTransport(baseAddress, options);
    }

    /// <summary>Asks a model: <c>POST /v2/models/MODEL[/versions/VERSION]/infer</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="infer">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="RequestFailedException">There is no complete answer.</exception>
    /// <exception cref="ArgumentException">A tensor has no JSON form: FP16, BF16, numbers that are not finite, bytes that are no UTF-8.</exception>
    public async Task<InferResult> InferAsync(PerfRequest? request, InferRequest infer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(infer);
        using var exchange = new Exchange(transport, request, cancellationToken);
        var json = OpenInferenceJson.Write(infer, encoding);
        var path = Path(infer.Model, infer.Version) + "/infer";
        await (encoding == TensorEncoding.Plain
            ? exchange.PostAsync(path, new BodyContent(json, "application/json"), "application/json")
            : exchange.PostAsync(
                path,
                new BodyContent(json, "application/octet-stream", [.. infer.Inputs.Select(input => input.Data)]),
                "*/*",
                message => message.Headers.Add(JsonLength, json.Length.ToString(CultureInfo.InvariantCulture)))).ConfigureAwait(false);
        var answer = await exchange.AnswerAsync().ConfigureAwait(false);
        return new OpenInferenceAnswer(exchange, answer.Body, HeaderLength(exchange)).Read();
    }

    /// <summary>Asks whether a model is loaded: <c>GET /v2/models/MODEL/ready</c>. The status decides.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it is; false as well when nobody answers.</returns>
    public async Task<bool> IsReadyAsync(string model, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        using var exchange = new Exchange(transport, null, cancellationToken);
        try
        {
            await exchange.SendAsync(transport.Message(HttpMethod.Get, Path(model, null) + "/ready", null)).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException)
        {
            return false;
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();

    private static string Path(string model, string? version) =>
        $"v2/models/{Uri.EscapeDataString(model)}{(version is null ? string.Empty : "/versions/" + Uri.EscapeDataString(version))}";

    private static int? HeaderLength(Exchange exchange)
    {
        if (!exchange.Response.Headers.TryGetValues(JsonLength, out var values)
            && !exchange.Response.Content.Headers.TryGetValues(JsonLength, out values))
        {
            return null;
        }

        return int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw exchange.Malformed($"{JsonLength} is no number", values.First());
    }
}
