using System.Text;
using System.Text.Json;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.OpenAI;

/// <summary>Reads what an OpenAI-style server answers, chunk by chunk or whole.</summary>
internal sealed class OpenAIAnswer(GenerationTally tally, Exchange exchange)
{
    private readonly ChunkEnvelope envelope = new();

    // Where the only content of the event stands, and whether there is anything else in it that has to be read.
    private (int Start, int Length) content;
    private int contents;
    private bool isPlain;

    public bool IsDone { get; set; }

    /// <summary>An event of a stream.</summary>
    /// <exception cref="RequestFailedException">It is an error, or not what the protocol says.</exception>
    public void Chunk(ReadOnlySpan<byte> json)
    {
        if (!tally.KeepsText && envelope.IsAround(json))
        {
            tally.Content();
        }
        else
        {
            (content, contents, isPlain) = (default, 0, true);
            Read(json);
            if (isPlain && contents == 1)
            {
                envelope.Remember(json, content.Start, content.Length);
            }
        }

        tally.EndChunk();
    }

    /// <summary>An answer without a stream.</summary>
    public void Whole(ReadOnlySpan<byte> json)
    {
        Read(json);
        if (tally.FinishReason is null)
        {
            throw exchange.Malformed("no choice with a finish_reason");
        }
    }

    /// <summary>The end of a stream.</summary>
    /// <exception cref="RequestFailedException">It is not the end of an answer.</exception>
    public void End(ReadOnlySpan<byte> rest)
    {
        // Some servers leave out the empty line after the last event of all.
        if (!IsDone && !rest.TrimEnd("\r\n"u8).SequenceEqual("data: [DONE]"u8))
        {
            throw rest.Length > 0 ? Truncated("half an event at the end of the stream") : Truncated("no [DONE] at the end of the stream");
        }

        if (tally.FinishReason is null)
        {
            throw Truncated("no finish_reason in the stream");
        }
    }

    private static RequestFailedException Truncated(string what) => new(FailureKind.Truncated, "truncated answer: " + what);

    private void Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.EnterRoot();
            Root(ref reader);

            // Throws when anything stands after the object.
            reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw exchange.Malformed("no chat or text completion", $"{exception.Message} {Encoding.UTF8.GetString(json)}");
        }
    }

    private void Root(ref Utf8JsonReader reader)
    {
        // vLLM's older form of an error has its members at the top: "object":"error","type":…,"message":….
        var isError = false;
        string? type = null, message = null;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("choices"u8))
            {
                Choices(ref reader);
            }
            else if (name.SequenceEqual("usage"u8))
            {
                Usage(ref reader);
            }
            else if (name.SequenceEqual("timings"u8))
            {
                LlamaTimings(ref reader);
            }
            else if (name.SequenceEqual("metrics"u8))
            {
                VllmMetrics(ref reader);
            }
            else if (name.SequenceEqual("error"u8))
            {
                if (reader.Error() is var (code, words))
                {
                    throw exchange.ErrorInAnswer(code, words);
                }
            }
            else if (name.SequenceEqual("object"u8))
            {
                isError = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("error"u8);
                reader.Skip();
            }
            else if (name.SequenceEqual("type"u8))
            {
                type = reader.Text();
            }
            else if (name.SequenceEqual("message"u8))
            {
                message = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        if (isError)
        {
            throw exchange.ErrorInAnswer(type, message);
        }

        // vLLM's words for a request that its engine gave up: nothing else in the answer says so.
        if (tally.FinishReason is "abort" or "error")
        {
            throw exchange.ErrorInAnswer(tally.FinishReason, words: null);
        }
    }

    private void Choices(ref Utf8JsonReader reader)
    {
        if (!reader.IsArray())
        {
            return;
        }

        while (reader.NextItem())
        {
            if (!reader.IsObject())
            {
                continue;
            }

            while (reader.NextMember(out var name))
            {
                if (name.SequenceEqual("delta"u8) || name.SequenceEqual("message"u8))
                {
                    Delta(ref reader);
                }
                else if (name.SequenceEqual("text"u8))
                {
                    Content(ref reader, isText: true);
                }
                else if (name.SequenceEqual("finish_reason"u8))
                {
                    tally.Finish(reader.Text());
                    isPlain &= tally.FinishReason is null;
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private void Delta(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return;
        }

        var hasReasoning = false;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("content"u8) || name.SequenceEqual("refusal"u8))
            {
                Content(ref reader, isText: true);
            }
            else if (name.SequenceEqual("reasoning_content"u8) || name.SequenceEqual("reasoning"u8))
            {
                // Some versions of vLLM send it under both names.
                if (hasReasoning)
                {
                    isPlain = false;
                    reader.Skip();
                }
                else
                {
                    hasReasoning = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
                    Content(ref reader, isText: false);
                }
            }
            else if (name.SequenceEqual("tool_calls"u8) || name.SequenceEqual("function_call"u8) || name.SequenceEqual("audio"u8))
            {
                isPlain &= reader.TokenType == JsonTokenType.Null;
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
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            isPlain = false;
            tally.Items(ref reader);
            return;
        }

        var (start, length) = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        if (reader.TokenType == JsonTokenType.String && length > 0)
        {
            contents++;
            content = (start, length);
        }

        tally.Content(ref reader, isText);
        reader.Skip();
    }

    private void Usage(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return;
        }

        isPlain = false;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("prompt_tokens"u8))
            {
                tally.Tokens(input: reader.Count());
            }
            else if (name.SequenceEqual("completion_tokens"u8))
            {
                tally.Tokens(output: reader.Count());
            }
            else if (name.SequenceEqual("prompt_tokens_details"u8) && reader.IsObject())
            {
                while (reader.NextMember(out var detail))
                {
                    if (detail.SequenceEqual("cached_tokens"u8))
                    {
                        tally.Tokens(cached: reader.Count());
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void LlamaTimings(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return;
        }

        isPlain = false;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("prompt_ms"u8))
            {
                tally.Timing(Timings.Prompt, reader.Number());
            }
            else if (name.SequenceEqual("predicted_ms"u8))
            {
                tally.Timing(Timings.Decode, reader.Number());
            }
            else if (name.SequenceEqual("cache_n"u8))
            {
                tally.Tokens(cached: reader.Count());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // The time to first token of vLLM starts when the request leaves the queue.
    private void VllmMetrics(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return;
        }

        isPlain = false;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("queue_time_ms"u8))
            {
                tally.Timing(Timings.Queue, reader.Number());
            }
            else if (name.SequenceEqual("time_to_first_token_ms"u8))
            {
                tally.Timing(Timings.Prompt, reader.Number());
            }
            else if (name.SequenceEqual("generation_time_ms"u8))
            {
                tally.Timing(Timings.Decode, reader.Number());
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
