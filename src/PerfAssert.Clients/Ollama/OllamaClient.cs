using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.Ollama;

/// <summary>
/// A client of Ollama's own API, which answers in newline-delimited JSON and tells its durations: recorded as <c>server_load</c>,
/// <c>server_prompt</c>, <c>server_decode</c> and <c>server_total</c>. Safe for many requests at once.
/// </summary>
/// <remarks>
/// Ollama cannot be told to go on after an end token: an answer that ends before <see cref="GenerationRequest.OutputTokens"/> is a failed request.
/// </remarks>
public sealed class OllamaClient : IDisposable
{
    private readonly HttpTransport transport;
    private readonly string model;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="baseAddress">The server's address, <c>http://127.0.0.1:11434</c>.</param>
    /// <param name="model">The model to ask for.</param>
    /// <param name="options">How to connect. Default: <see cref="ClientOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public OllamaClient(Uri baseAddress, string model, ClientOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        this.model = model;
        transport = new HttpTransport(baseAddress, options);
    }

    /// <summary>Continues a conversation: <c>POST /api/chat</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="chat">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="RequestFailedException">There is no complete answer.</exception>
    public Task<GenerationResult> ChatAsync(PerfRequest? request, ChatRequest chat, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chat);
        using var body = new JsonBody(chat.Extra);
        body.Text("model", model);
        body.Messages(chat.Messages);
        return SendAsync(request, "api/chat", chat, Close(body, chat), cancellationToken);
    }

    /// <summary>Continues a text: <c>POST /api/generate</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="prompt">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="RequestFailedException">There is no complete answer.</exception>
    public Task<GenerationResult> GenerateAsync(PerfRequest? request, PromptRequest prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        using var body = new JsonBody(prompt.Extra);
        body.Text("model", model);
        body.Text("prompt", prompt.Prompt);
        return SendAsync(request, "api/generate", prompt, Close(body, prompt), cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();

    private static BodyContent Close(JsonBody body, GenerationRequest asked)
    {
        body.Flag("stream", asked.Stream);
        if (body.OpensObject("options"))
        {
            body.Number("num_predict", asked.TokenLimit);
            body.Number("temperature", asked.Temperature);
            body.Number("seed", asked.Seed);
            body.CloseObject();
        }

        return body.ToContent();
    }

    private async Task<GenerationResult> SendAsync(
        PerfRequest? request, string path, GenerationRequest asked, BodyContent body, CancellationToken cancellationToken)
    {
        using var exchange = new Exchange(transport, request, cancellationToken);
        await exchange.PostAsync(path, body, asked.Stream ? "application/x-ndjson" : "application/json").ConfigureAwait(false);
        var tally = new GenerationTally(exchange, asked);
        var answer = new OllamaAnswer(tally, exchange);
        if (asked.Stream)
        {
            var lines = new LineReader(exchange.Body);
            while (await lines.ReadAsync().ConfigureAwait(false))
            {
                answer.Line(lines.Line, lines.EndedByStream);
                tally.EndChunk();
            }
        }
        else
        {
            answer.Line((await exchange.Body.ReadToEndAsync().ConfigureAwait(false)).Span, isLast: false);
        }

        answer.End();
        return tally.Complete();
    }
}
