using System.Text.Json;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;

namespace PerfAssert.Clients.OpenAI;

/// <summary>Reads the answer of <c>/v1/embeddings</c>: as many vectors as texts, all of one length.</summary>
internal static class OpenAIEmbeddings
{
    public static EmbeddingResult Read(ReadOnlySpan<byte> json, Exchange exchange, EmbeddingRequest asked)
    {
        List<List<float>> vectors = [];
        List<int> lengths = [];
        long? tokens = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.EnterRoot();
            while (reader.NextMember(out var name))
            {
                if (name.SequenceEqual("data"u8) && reader.IsArray())
                {
                    Vectors(ref reader, asked.KeepVectors ? vectors : null, lengths);
                }
                else if (name.SequenceEqual("usage"u8) && reader.IsObject())
                {
                    tokens = PromptTokens(ref reader);
                }
                else if (name.SequenceEqual("error"u8) && reader.Error() is var (code, words))
                {
                    throw exchange.ErrorInAnswer(code, words);
                }
                else
                {
                    reader.Skip();
                }
            }

            reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw exchange.Malformed("no embeddings", exception.Message);
        }

        if (lengths.Count != asked.Inputs.Count || lengths.Exists(length => length == 0 || length != lengths[0]))
        {
            throw exchange.Malformed(
                "not one vector of the same length for each text",
                $"{asked.Inputs.Count} texts, vectors of length {string.Join(", ", lengths.Take(10))}");
        }

        exchange.Request?.AddTokens(input: tokens ?? 0);
        return new EmbeddingResult
        {
            Count = lengths.Count,
            Dimensions = lengths[0],
            InputTokens = tokens,
            Vectors = [.. vectors.Select(vector => (ReadOnlyMemory<float>)vector.ToArray())],
        };
    }

    private static void Vectors(ref Utf8JsonReader reader, List<List<float>>? vectors, List<int> lengths)
    {
        while (reader.NextItem())
        {
            var (vector, length) = (vectors is null ? null : new List<float>(), 0);
            if (!reader.IsObject())
            {
                throw new JsonException("an item of data is no object");
            }

            while (reader.NextMember(out var name))
            {
                if (!name.SequenceEqual("embedding"u8) || !reader.IsArray())
                {
                    reader.Skip();
                    continue;
                }

                while (reader.NextItem())
                {
                    vector?.Add(reader.GetSingle());
                    length++;
                }
            }

            vectors?.Add(vector!);
            lengths.Add(length);
        }
    }

    private static long? PromptTokens(ref Utf8JsonReader reader)
    {
        long? tokens = null;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("prompt_tokens"u8))
            {
                tokens = reader.Count();
            }
            else
            {
                reader.Skip();
            }
        }

        return tokens;
    }
}
