using System.Text;
using System.Text.Json;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.Ollama;

/// <summary>Reads what Ollama answers, line by line or whole: both are objects of one shape, the last of them with <c>done</c>.</summary>
internal sealed class OllamaAnswer(GenerationTally tally, Exchange exchange)
{
    private const double NanosecondsPerMillisecond = 1e6;

    private bool isDone;

    /// <summary>An object of the answer.</summary>
    /// <param name="json">The object.</param>
    /// <param name="isLast">Whether the stream ended with it: it may be half an object.</param>
    /// <exception cref="RequestFailedException">It is an error, or not what the protocol says.</exception>
    public void Line(ReadOnlySpan<byte> json, bool isLast)
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
            throw isLast
                ? new RequestFailedException(FailureKind.Truncated, "truncated answer: half a line at the end of the stream")
                : exchange.Malformed("no answer of Ollama", $"{exception.Message} {Encoding.UTF8.GetString(json)}");
        }
    }

    /// <summary>The end of the answer.</summary>
    public void End()
    {
        if (!isDone)
        {
            throw new RequestFailedException(FailureKind.Truncated, "truncated answer: no last object with done in the stream");
        }
    }

    private void Root(ref Utf8JsonReader reader)
    {
        // A duration of zero is left out. The whole is never zero: without it the server tells none.
        double load = 0, prompt = 0, decode = 0;
        double? total = null;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("message"u8))
            {
                Message(ref reader);
            }
            else if (name.SequenceEqual("response"u8))
            {
                Content(ref reader, isText: true);
            }
            else if (name.SequenceEqual("thinking"u8))
            {
                Content(ref reader, isText: false);
            }
            else if (name.SequenceEqual("done"u8))
            {
                isDone |= reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else if (name.SequenceEqual("done_reason"u8))
            {
                tally.Finish(reader.Text());
            }
            else if (name.SequenceEqual("prompt_eval_count"u8))
            {
                tally.Tokens(input: reader.Count());
            }
            else if (name.SequenceEqual("eval_count"u8))
            {
                tally.Tokens(output: reader.Count());
            }
            else if (name.SequenceEqual("load_duration"u8))
            {
                load = reader.Number() ?? 0;
            }
            else if (name.SequenceEqual("prompt_eval_duration"u8))
            {
                prompt = reader.Number() ?? 0;
            }
            else if (name.SequenceEqual("eval_duration"u8))
            {
                decode = reader.Number() ?? 0;
            }
            else if (name.SequenceEqual("total_duration"u8))
            {
                total = reader.Number();
            }
            else if (name.SequenceEqual("error"u8))
            {
                if (reader.Error() is var (code, words))
                {
                    throw exchange.ErrorInAnswer(code, words);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        if (isDone && total is not null)
        {
            tally.Timing(Timings.Load, load / NanosecondsPerMillisecond);
            tally.Timing(Timings.Prompt, prompt / NanosecondsPerMillisecond);
            tally.Timing(Timings.Decode, decode / NanosecondsPerMillisecond);
            tally.Timing(Timings.Total, total / NanosecondsPerMillisecond);
        }
    }

    private void Message(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return;
        }

        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("content"u8))
            {
                Content(ref reader, isText: true);
            }
            else if (name.SequenceEqual("thinking"u8))
            {
                Content(ref reader, isText: false);
            }
            else if (name.SequenceEqual("tool_calls"u8))
            {
                tally.Items(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Content(ref Utf8JsonReader reader, bool isText)
    {
        tally.Content(ref reader, isText);
        reader.Skip();
    }
}
