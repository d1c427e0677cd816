using System.Globalization;
using System.Text.Json;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.TensorFlowServing;

/// <summary>A client of TensorFlow Serving's REST predictions, by rows or by columns. Safe for many requests at once.</summary>
public sealed class TensorFlowServingClient : IDisposable
{
    private readonly HttpTransport transport;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="baseAddress">The server's REST address, <c>http://127.0.0.1:8501</c>.</param>
    /// <param name="options">How to connect. Default: <see cref="ClientOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public TensorFlowServingClient(Uri baseAddress, ClientOptions? options = null) => transport = new HttpTransport(baseAddress, options);

    /// <summary>Asks a model: <c>POST /v1/models/MODEL[/versions/N|/labels/L]:predict</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="predict">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>The answer: JSON with <c>predictions</c> (rows) or <c>outputs</c> (columns).</returns>
    /// <exception cref="RequestFailedException">There is no such answer.</exception>
    /// <exception cref="ArgumentException">Rows were asked for and the tensors share no first dimension, both a version and a label are given, or a tensor has no JSON form: FP16, BF16.</exception>
    public async Task<Answer> PredictAsync(PerfRequest? request, PredictRequest predict, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        using var exchange = new Exchange(transport, request, cancellationToken);
        await exchange.PostAsync(Path(predict), PredictBody.Write(predict), "application/json").ConfigureAwait(false);
        var answer = await exchange.JsonAnswerAsync(isFinite: false).ConfigureAwait(false);
        Check(answer.Json.Span, exchange);
        return answer;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();

    private static string Path(PredictRequest predict)
    {
        var version = (predict.Version, predict.Label) switch
        {
            (null, null) => string.Empty,
            ({ } number, null) => "/versions/" + number.ToString(CultureInfo.InvariantCulture),
            (null, { } label) => "/labels/" + Uri.EscapeDataString(label),
            _ => throw new ArgumentException("A prediction asks for a version or for a label, not for both."),
        };
        return $"v1/models/{Uri.EscapeDataString(predict.Model)}{version}:predict";
    }

    private static void Check(ReadOnlySpan<byte> json, Exchange exchange)
    {
        var hasOutputs = false;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.IsObject())
        {
            while (reader.NextMember(out var name))
            {
                hasOutputs |= name.SequenceEqual("predictions"u8) || name.SequenceEqual("outputs"u8);
                if (name.SequenceEqual("error"u8) && reader.Error() is var (code, words))
                {
                    throw exchange.ErrorInAnswer(code, words);
                }

                reader.Skip();
            }
        }

        if (!hasOutputs)
        {
            throw exchange.Malformed("neither predictions nor outputs");
        }
    }
}
