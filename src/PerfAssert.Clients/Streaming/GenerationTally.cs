using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PerfAssert.Clients.Http;

namespace PerfAssert.Clients.Streaming;

/// <summary>What is known so far about one generated answer. Marks tokens as content comes in, and judges the answer when it is complete.</summary>
internal sealed class GenerationTally(Exchange exchange, GenerationRequest asked)
{
    private readonly ArrayBufferWriter<byte>? text = asked.KeepText ? new() : null;
    private readonly List<(string Name, double Milliseconds)> timings = [];
    private int contents;

    public int Chunks { get; private set; }

    public long? InputTokens { get; private set; }

    public long? OutputTokens { get; private set; }

    public long? CachedTokens { get; private set; }

    public string? FinishReason { get; private set; }

    public bool KeepsText => text is not null;

    public bool HasContent => contents > 0 || Chunks > 0;

    /// <summary>Takes a string of content in; an empty one is none.</summary>
    /// <param name="reader">Stands at the string.</param>
    /// <param name="isText">Whether it belongs to the answer's text, and not to its reasoning.</param>
    public void Content(ref Utf8JsonReader reader, bool isText)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length == 0)
        {
            return;
        }

        contents++;
        if (isText && text is not null)
        {
            text.Advance(reader.CopyString(text.GetSpan(reader.ValueSpan.Length)));
        }
    }

    /// <summary>Counts content that needs no reading.</summary>
    public void Content() => contents++;

    /// <summary>Counts an array or object that is not empty as one content: tool calls, a message in parts.</summary>
    public void Items(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            reader.Skip();
            return;
        }

        var any = false;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            any = true;
            reader.Skip();
        }

        contents += any ? 1 : 0;
    }

    /// <summary>Ends a chunk of a stream: marks a token for each content in it. Chunks without content are no tokens.</summary>
    public void EndChunk()
    {
        if (contents > 0)
        {
            Chunks++;
            exchange.Request?.MarkTokens(contents);
            contents = 0;
        }
    }

    /// <summary>Notes the server's token counts; null leaves what is known.</summary>
    public void Tokens(long? input = null, long? output = null, long? cached = null)
    {
        InputTokens = input ?? InputTokens;
        OutputTokens = output ?? OutputTokens;
        CachedTokens = cached ?? CachedTokens;
    }

    /// <summary>Notes why the server stopped; null leaves what is known.</summary>
    public void Finish(string? reason) => FinishReason = reason ?? FinishReason;

    /// <summary>Notes a duration that the server measured; of one sent with every chunk the last counts.</summary>
    public void Timing(string name, double? milliseconds)
    {
        if (milliseconds is { } known)
        {
            timings.RemoveAll(timing => timing.Name == name);
            timings.Add((name, known));
        }
    }

    /// <summary>Judges a complete answer.</summary>
    /// <exception cref="RequestFailedException">It has no output, or less than was asked for.</exception>
    public GenerationResult Complete()
    {
        // An end token alone is counted by servers and is no output.
        if (OutputTokens is 0 || !HasContent)
        {
            throw new RequestFailedException(
                FailureKind.ShortOutput,
                "short output: no content",
                $"{OutputTokens?.ToString(CultureInfo.InvariantCulture) ?? "no"} tokens by the server's count, finish reason: {FinishReason ?? "none"}");
        }

        if (asked.OutputTokens is { } pinned && IsShort(pinned))
        {
            throw OutputTokens is null && !asked.Stream
                ? new RequestFailedException(
                    FailureKind.ShortOutput,
                    "short output: length unknown, the server counted no tokens",
                    $"{pinned} tokens asked for, finish reason: {FinishReason ?? "none"}")
                : new RequestFailedException(
                    FailureKind.ShortOutput,
                    "short output: fewer tokens than asked for",
                    $"{OutputTokens ?? Chunks} of {pinned} tokens, finish reason: {FinishReason ?? "none"}");
        }

        foreach (var (name, milliseconds) in timings)
        {
            exchange.Timing(name, milliseconds);
        }

        exchange.Request?.AddTokens(input: InputTokens ?? 0, output: OutputTokens ?? 0);
        if (OutputTokens is null)
        {
            exchange.Request?.NoTokenCount();
        }

        return new GenerationResult
        {
            Chunks = Chunks,
            InputTokens = InputTokens,
            OutputTokens = OutputTokens,
            CachedTokens = CachedTokens,
            FinishReason = FinishReason,
            Text = text is null ? null : Encoding.UTF8.GetString(text.WrittenSpan),
        };
    }

    // Chunks are not tokens, and without a stream there are none: without the server's count only its own word shows the length.
    private bool IsShort(int pinned) =>
        OutputTokens is { } tokens ? tokens < pinned : Chunks < pinned && FinishReason != "length";
}
