using System.Globalization;
using System.Text;
using System.Text.Json;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.TextGenerationInference;

/// <summary>Reads what Text Generation Inference answers: events with a token each, or the whole text.</summary>
internal sealed class TextGenerationInferenceAnswer(GenerationTally tally, Exchange exchange)
{
    /// <summary>Whether the text came that ends every answer.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>An event of a stream, or the whole answer.</summary>
    /// <exception cref="RequestFailedException">It is an error, or not what the protocol says.</exception>
    public void Event(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.EnterRoot();
            Root(ref reader);
            reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw exchange.Malformed("no answer of Text Generation Inference", $"{exception.Message} {Encoding.UTF8.GetString(json)}");
        }
    }

    /// <summary>The headers of an answer without a stream: whole milliseconds, and token counts.</summary>
    public void Headers()
    {
        tally.Timing(Timings.Queue, Header("x-queue-time"));
        tally.Timing(Timings.Prefix + "validation", Header("x-validation-time"));
        tally.Timing(Timings.Prefix + "inference", Header("x-inference-time"));
        tally.Timing(Timings.Total, Header("x-total-time"));
        tally.Tokens(input: Header("x-prompt-tokens"), output: Header("x-generated-tokens"));
    }

    private long? Header(string name) =>
        exchange.Response.Headers.TryGetValues(name, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private void Root(ref Utf8JsonReader reader)
    {
        (string? Code, string? Words)? error = null;
        string? errorType = null;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("token"u8))
            {
                Token(ref reader);
            }
            else if (name.SequenceEqual("generated_text"u8))
            {
                GeneratedText(ref reader);
            }
            else if (name.SequenceEqual("details"u8))
            {
                Details(ref reader);
            }
            else if (name.SequenceEqual("error"u8))
            {
                error = reader.Error();
            }
            else if (name.SequenceEqual("error_type"u8))
            {
                errorType = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        if (error is var (code, words))
        {
            throw exchange.ErrorInAnswer(code ?? errorType, words);
        }
    }

    // A special token, such as the end of the text, is no content.
    private void Token(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return;
        }

        Utf8JsonReader text = default;
        var (hasText, isSpecial) = (false, false);
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("text"u8))
            {
                text = reader;
                hasText = true;
            }
            else if (name.SequenceEqual("special"u8))
            {
                isSpecial = reader.TokenType == JsonTokenType.True;
            }

            reader.Skip();
        }

        if (hasText && !isSpecial)
        {
            tally.Content(ref text, isText: true);
        }
    }

    // In a stream it repeats what the tokens said, if they said anything.
    private void GeneratedText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            IsComplete = true;
            if (!tally.HasContent)
            {
                tally.Content(ref reader, isText: true);
            }
        }

        reader.Skip();
    }

    private void Details(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return;
        }

        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("finish_reason"u8))
            {
                tally.Finish(reader.Text());
            }
            else if (name.SequenceEqual("generated_tokens"u8))
            {
                tally.Tokens(output: reader.Count());
            }
            else if (name.SequenceEqual("input_length"u8))
            {
                tally.Tokens(input: reader.Count());
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
