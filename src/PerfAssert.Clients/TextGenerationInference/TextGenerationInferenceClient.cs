using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.TextGenerationInference;

/// <summary>
/// A client of Text Generation Inference's own API. A stream tells no durations; an answer without one does, in whole milliseconds:
/// recorded as <c>server_queue</c>, <c>server_validation</c>, <c>server_inference</c> and <c>server_total</c>. Safe for many requests at once.
/// </summary>
/// <remarks>
/// The server cannot be told to go on after an end token: an answer that ends before <see cref="GenerationRequest.OutputTokens"/> is a failed
/// request. A temperature of 0 is left out: the server then takes the likeliest token, and refuses a zero.
/// </remarks>
public sealed class TextGenerationInferenceClient : IDisposable
{
    private readonly HttpTransport transport;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="baseAddress">The server's address, <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="options">How to connect. Default: <see cref="ClientOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public TextGenerationInferenceClient(Uri baseAddress, ClientOptions? options = null) => transport = new HttpTransport(baseAddress, options);

    /// <summary>Continues a text: <c>POST /generate_stream</c>, or <c>/generate</c> when <see cref="GenerationRequest.Stream"/> is false.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="prompt">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="RequestFailedException">There is no complete answer.</exception>
    public async Task<GenerationResult> GenerateAsync(PerfRequest? request, PromptRequest prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        using var exchange = new Exchange(transport, request, cancellationToken);
        var tally = new GenerationTally(exchange, prompt);
        var answer = new TextGenerationInferenceAnswer(tally, exchange);
        if (prompt.Stream)
        {
            await exchange.PostAsync("generate_stream", Body(prompt), "text/event-stream").ConfigureAwait(false);
            await StreamAsync(exchange, answer, tally).ConfigureAwait(false);
        }
        else
        {
            await exchange.PostAsync("generate", Body(prompt), "application/json").ConfigureAwait(false);
            answer.Headers();
            answer.Event((await exchange.Body.ReadToEndAsync().ConfigureAwait(false)).Span);
            if (!answer.IsComplete)
            {
                throw exchange.Malformed("no generated_text");
            }
        }

        return tally.Complete();
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();

    private static BodyContent Body(PromptRequest prompt)
    {
        using var body = new JsonBody(prompt.Extra);
        body.Text("inputs", prompt.Prompt);
        if (body.OpensObject("parameters"))
        {
            body.Number("max_new_tokens", prompt.TokenLimit);
            body.Number("temperature", prompt.Temperature is 0 ? null : prompt.Temperature);
            body.Number("seed", prompt.Seed);
            body.Flag("details", true);
            body.CloseObject();
        }

        return body.ToContent();
    }

    private static async Task StreamAsync(Exchange exchange, TextGenerationInferenceAnswer answer, GenerationTally tally)
    {
        if (exchange.ContentType == "application/json")
        {
            answer.Event((await exchange.Body.ReadToEndAsync().ConfigureAwait(false)).Span);
            throw exchange.Malformed("no stream though one was asked for");
        }

        var events = new SseReader(exchange.Body);
        while (await events.ReadAsync().ConfigureAwait(false))
        {
            answer.Event(events.Data);
            tally.EndChunk();
        }

        if (!answer.IsComplete)
        {
            throw new RequestFailedException(
                FailureKind.Truncated,
                events.Rest.Length > 0
                    ? "truncated answer: half an event at the end of the stream"
                    : "truncated answer: no event with generated_text in the stream");
        }
    }
}
