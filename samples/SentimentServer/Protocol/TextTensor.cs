using System.Text.Json;

using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>The one input of the model: checks an infer request for it and takes the texts out.</summary>
internal static class TextTensor
{
    public const string Name = "text";
    public const string Datatype = "BYTES";
    private const string SizeOfRaw = "binary_data_size";

    /// <summary>More texts in one request are refused: a batch is computed whole, and everyone else waits.</summary>
    public const int MaxBatchSize = 32;

    /// <summary>The texts of a request.</summary>
    /// <param name="request">The JSON of it.</param>
    /// <param name="raw">What stands behind the JSON: the raw tensor, if it is one.</param>
    public static string[] Read(InferRequest request, ReadOnlySpan<byte> raw)
    {
        if (request.Inputs is not [{ } input])
        {
            throw NotOneInput();
        }

        var count = Check(input.Name, input.Datatype, input.Shape);
        return Counted(IsRaw(input, raw.Length) ? RawTensors.ReadTexts(raw) : Plain(input.Data), count, input.Shape);
    }

    /// <summary>Refuses an input that is not the model's; otherwise the number of texts its shape promises.</summary>
    public static int Check(string? name, string? datatype, long[]? shape)
    {
        if (name != Name)
        {
            throw ProtocolException.BadRequest($"unexpected input '{name}': the model's input is '{Name}'");
        }

        return datatype == Datatype
            ? BatchSize(shape)
            : throw ProtocolException.BadRequest($"input '{Name}' has datatype '{datatype}', expected {Datatype}");
    }

    /// <summary>The texts, when there are as many as promised.</summary>
    public static string[] Counted(List<string> texts, int count, long[]? shape) =>
        texts.Count == count
            ? [.. texts]
            : throw ProtocolException.BadRequest(
                $"input '{Name}' has shape {Show(shape)}, which is {count} texts, but its data holds {texts.Count}");

    public static ProtocolException NotOneInput() => ProtocolException.BadRequest($"expected exactly one input, '{Name}'");

    public static ProtocolException NoUnicode() => ProtocolException.BadRequest($"input '{Name}' has a string that is no valid Unicode");

    private static int BatchSize(long[]? shape)
    {
        if (shape is not ([>= 1] or [>= 1, 1]))
        {
            throw ProtocolException.BadRequest($"input '{Name}' has shape {Show(shape)}, expected [n] or [n,1] with n of at least 1");
        }

        return shape[0] <= MaxBatchSize
            ? (int)shape[0]
            : throw ProtocolException.BadRequest($"batch of {shape[0]} is too large: at most {MaxBatchSize} texts in a request");
    }

    private static bool IsRaw(InferInput input, int rawLength)
    {
        if (input.Parameters is null || !input.Parameters.TryGetValue(SizeOfRaw, out var value))
        {
            return rawLength == 0 ? false
                : throw ProtocolException.BadRequest($"{rawLength} bytes stand behind the JSON, but input '{Name}' has no parameter '{SizeOfRaw}'");
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var size) || size != rawLength)
        {
            throw ProtocolException.BadRequest($"input '{Name}' has the {SizeOfRaw} {value}, but {rawLength} bytes stand behind the JSON");
        }

        return input.Data.ValueKind == JsonValueKind.Undefined ? true
            : throw ProtocolException.BadRequest($"input '{Name}' has both data and {SizeOfRaw}");
    }

    private static List<string> Plain(JsonElement data)
    {
        var texts = new List<string>();
        Flatten(data, texts);
        return texts;
    }

    private static void Flatten(JsonElement data, List<string> texts)
    {
        if (data.ValueKind != JsonValueKind.Array)
        {
            throw ProtocolException.BadRequest($"input '{Name}' needs data: an array of strings");
        }

        foreach (var element in data.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                Flatten(element, texts);
            }
            else
            {
                texts.Add(Text(element));
            }
        }
    }

    private static string Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw ProtocolException.BadRequest($"input '{Name}' has a {element.ValueKind} in its data, expected strings");
        }

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The parser leaves \u escapes alone until the string is asked for.
            throw NoUnicode();
        }
    }

    private static string Show(long[]? shape) => $"[{string.Join(',', shape ?? [])}]";
}
