using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.OpenAI;

/// <summary>
/// A client of any OpenAI-style server: vLLM, llama.cpp, Text Generation Inference, Ollama, OpenAI. Marks a token at each chunk with
/// content, takes token counts from the server's <c>usage</c>, and records llama.cpp's and vLLM's own timings as <c>server_prompt</c>,
/// <c>server_decode</c> and <c>server_queue</c>. Safe for many requests at once.
/// </summary>
public sealed class OpenAIClient : IDisposable
{
    private readonly HttpTransport transport;
    private readonly string model;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="baseAddress">The server's address, <c>http://127.0.0.1:8000</c>, with or without <c>/v1</c>.</param>
    /// <param name="model">The model to ask for; llama.cpp takes any.</param>
    /// <param name="options">How to connect. Default: <see cref="ClientOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public OpenAIClient(Uri baseAddress, string model, ClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        ArgumentException.ThrowIfNullOrEmpty(model);
        this.model = model;
        transport = new HttpTransport(WithoutVersion(HttpTransport.Address(baseAddress)), options);
    }

    /// <summary>Continues a conversation: <c>POST /v1/chat/completions</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="chat">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="RequestFailedException">There is no complete answer.</exception>
    public Task<GenerationResult> ChatAsync(PerfRequest? request, ChatRequest chat, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chat);
        return GenerateAsync(request, "v1/chat/completions", chat, OpenAIBody.Chat(model, chat), cancellationToken);
    }

    /// <summary>Continues a text: <c>POST /v1/completions</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="prompt">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="RequestFailedException">There is no complete answer.</exception>
    public Task<GenerationResult> CompleteAsync(PerfRequest? request, PromptRequest prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return GenerateAsync(request, "v1/completions", prompt, OpenAIBody.Completion(model, prompt), cancellationToken);
    }

    /// <summary>Embeds texts: <c>POST /v1/embeddings</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="embedding">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="RequestFailedException">There is no vector for each text.</exception>
    public async Task<EmbeddingResult> EmbedAsync(PerfRequest? request, EmbeddingRequest embedding, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        using var exchange = new Exchange(transport, request, cancellationToken);
        await exchange.PostAsync("v1/embeddings", OpenAIBody.Embedding(model, embedding), "application/json").ConfigureAwait(false);
        var body = await exchange.Body.ReadToEndAsync().ConfigureAwait(false);
        return OpenAIEmbeddings.Read(body.Span, exchange, embedding);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();

    // Addresses are told with and without it.
    private static Uri WithoutVersion(Uri address) =>
        address.AbsolutePath.EndsWith("/v1/", StringComparison.Ordinal) ? new Uri(address, "../" + address.Query) : address;

    private async Task<GenerationResult> GenerateAsync(
        PerfRequest? request, string path, GenerationRequest asked, BodyContent body, CancellationToken cancellationToken)
    {
        using var exchange = new Exchange(transport, request, cancellationToken);
        await exchange.PostAsync(path, body, asked.Stream ? "text/event-stream" : "application/json").ConfigureAwait(false);
        var tally = new GenerationTally(exchange, asked);
        var answer = new OpenAIAnswer(tally, exchange);
        if (asked.Stream)
        {
            await StreamAsync(exchange, answer).ConfigureAwait(false);
        }
        else
        {
            answer.Whole((await exchange.Body.ReadToEndAsync().ConfigureAwait(false)).Span);
        }

        return tally.Complete();
    }

    private static async Task StreamAsync(Exchange exchange, OpenAIAnswer answer)
    {
        if (exchange.ContentType == "application/json")
        {
            var body = await exchange.Body.ReadToEndAsync().ConfigureAwait(false);
            answer.Whole(body.Span);
            throw exchange.Malformed("no stream though one was asked for");
        }

        var events = new SseReader(exchange.Body);
        while (await events.ReadAsync().ConfigureAwait(false))
        {
            if (events.Data.SequenceEqual("[DONE]"u8))
            {
                answer.IsDone = true;
            }
            else if (!answer.IsDone)
            {
                answer.Chunk(events.Data);
            }
        }

        answer.End(events.Rest);
    }
}
