using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.Http;

/// <summary>One request and its answer: sends it once, accounts its bytes, and says what went wrong in one exception.</summary>
internal sealed class Exchange : IDisposable
{
    private const int DetailBytes = 4096;

    // Tells the connection which request it carries.
    private static readonly AsyncLocal<Exchange?> Sending = new();

    private readonly HttpTransport transport;
    private readonly CancellationTokenSource? linked;
    private HttpResponseMessage? response;
    private BodyContent? content;
    private Dictionary<string, double>? timings;

    public Exchange(HttpTransport transport, PerfRequest? request, CancellationToken cancellationToken)
    {
        this.transport = transport;
        Request = request;
        (Token, linked) = Cancellation.Join(request, cancellationToken);
        if (transport.Server is { } server)
        {
            request?.UseServer(server);
        }
    }

    public static Exchange? Current => Sending.Value;

    public PerfRequest? Request { get; }

    public CancellationToken Token { get; }

    /// <summary>Whether the request went out on a connection that had carried another one before.</summary>
    public bool Reused { get; set; }

    public HttpResponseMessage Response => response ?? throw new InvalidOperationException("Nothing was answered yet.");

    public string? ContentType => Response.Content.Headers.ContentType?.MediaType;

    /// <summary>The answer's body.</summary>
    public BodyReader Body { get; private set; } = null!;

    /// <summary>Sends a POST and returns when the headers of a successful answer are there.</summary>
    /// <exception cref="RequestFailedException">There is no such answer.</exception>
    public Task PostAsync(string path, BodyContent body, string accept, Action<HttpRequestMessage>? prepare = null)
    {
        content = body;
        var message = transport.Message(HttpMethod.Post, path, body);
        message.Headers.TryAddWithoutValidation("Accept", accept);
        prepare?.Invoke(message);
        return SendAsync(message);
    }

    /// <inheritdoc cref="PostAsync"/>
    public async Task SendAsync(HttpRequestMessage message)
    {
        await HeadersAsync(message).ConfigureAwait(false);
        Request?.AddBytes(sent: content?.Length ?? 0);
        timings = Request is null ? null : ServerTiming.Read(Response);
        if (!Response.IsSuccessStatusCode)
        {
            throw await StatusAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends and returns when headers are there, of whatever status.</summary>
    public async Task HeadersAsync(HttpRequestMessage message)
    {
        Sending.Value = this;
        try
        {
            response = await transport.SendAsync(message, Token).ConfigureAwait(false);
            Body = new BodyReader(await response.Content.ReadAsStreamAsync(Token).ConfigureAwait(false), this);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            Token.ThrowIfCancellationRequested();
            throw Failures.OfSending(exception, transport.IsHttp2 ? null : Reused, transport.Secrets);
        }
    }

    /// <summary>Reads a whole answer.</summary>
    public async Task<Answer> AnswerAsync() =>
        new((await Body.ReadToEndAsync().ConfigureAwait(false)).ToArray(), ContentType);

    /// <summary>Reads a whole answer that has to be JSON.</summary>
    /// <param name="isFinite">False: its numbers may be <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</param>
    public async Task<Answer> JsonAnswerAsync(bool isFinite = true)
    {
        var answer = await AnswerAsync().ConfigureAwait(false);
        if (!isFinite)
        {
            answer = new Answer(answer.Body, answer.ContentType, NonFinite.AsTexts(answer.Body));
        }

        try
        {
            var reader = new Utf8JsonReader(answer.Json.Span);
            reader.Read();
            reader.Skip();
            reader.Read();
            return answer;
        }
        catch (JsonException exception)
        {
            throw Malformed("no JSON", $"{exception.Message} {answer.Text}");
        }
    }

    /// <summary>Records a duration that the answer itself tells; what its headers say under the same name is of a proxy.</summary>
    public void Timing(string name, double milliseconds)
    {
        timings?.Remove(name);
        Timings.Record(Request, name, milliseconds);
    }

    /// <summary>What a broken read of the body means; an <see cref="OperationCanceledException"/> when the request was cancelled.</summary>
    public Exception ReadFailure(Exception exception)
    {
        Token.ThrowIfCancellationRequested();
        return Failures.OfReading(exception, transport.Secrets);
    }

    /// <summary>An error inside a successful answer. The code is part of the message, the words are not: they may differ each time.</summary>
    public RequestFailedException ErrorInAnswer(string? code, string? words) => Failures.InAnswer(code, words, transport.Secrets);

    public RequestFailedException Malformed(string what, string? detail = null) =>
        new(FailureKind.Malformed, "malformed answer: " + what, detail is null ? null : Failures.Shorten(detail, transport.Secrets));

    public void Dispose()
    {
        RecordTimings();
        if (Body is not null)
        {
            Request?.AddBytes(received: Body.Received);
            Body.Dispose();
        }

        response?.Dispose();
        content?.Recycle();
        linked?.Dispose();
    }

    private void RecordTimings()
    {
        if (timings is null)
        {
            return;
        }

        foreach (var (name, milliseconds) in timings)
        {
            Timings.Record(Request, name, milliseconds, transport.TimingNames);
        }

        timings = null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The status is the failure; that its body broke as well changes nothing.")]
    private async Task<RequestFailedException> StatusAsync()
    {
        try
        {
            while (Body.Unread.Length < DetailBytes && await Body.FillAsync().ConfigureAwait(false))
            {
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
        }

        return Failures.OfStatus(Response.StatusCode, Body.Unread, transport.Secrets);
    }
}
