using System.Text.Json;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;
using PerfAssert.Clients.Tensors;

namespace PerfAssert.Clients.OpenInference;

/// <summary>Reads the answer of <c>infer</c>: JSON, and after it the raw tensors if there are any.</summary>
internal sealed class OpenInferenceAnswer(Exchange exchange, ReadOnlyMemory<byte> body, int? jsonLength)
{
    private readonly List<Tensor> outputs = [];
    private int raw = jsonLength ?? body.Length;

    public InferResult Read()
    {
        if (raw > body.Length)
        {
            throw exchange.Malformed("shorter than its own JSON");
        }

        try
        {
            var result = Root(body.Span[..raw]);
            return outputs.Count == 0 ? throw exchange.Malformed("no outputs")
                : raw != body.Length ? throw exchange.Malformed("more raw data than its outputs have")
                : result;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw exchange.Malformed("not what the Open Inference Protocol says", exception.Message);
        }
    }

    private InferResult Root(ReadOnlySpan<byte> json)
    {
        string? model = null, version = null;
        var reader = new Utf8JsonReader(json);
        reader.EnterRoot();
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("outputs"u8) && reader.IsArray())
            {
                while (reader.NextItem())
                {
                    outputs.Add(Output(ref reader));
                }
            }
            else if (name.SequenceEqual("model_name"u8))
            {
                model = reader.Text();
            }
            else if (name.SequenceEqual("model_version"u8))
            {
                version = reader.Text();
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

        reader.Read();
        return new InferResult(model, version, outputs);
    }

    private Tensor Output(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an output is no object");
        }

        string? name = null;
        TensorType? type = null;
        List<long>? shape = null;
        int? size = null;
        Utf8JsonReader data = default;
        var hasData = false;
        while (reader.NextMember(out var member))
        {
            if (member.SequenceEqual("name"u8))
            {
                name = reader.Text();
            }
            else if (member.SequenceEqual("datatype"u8))
            {
                type = TensorTypes.Parse(reader.Text());
            }
            else if (member.SequenceEqual("shape"u8) && reader.IsArray())
            {
                shape = Shape(ref reader);
            }
            else if (member.SequenceEqual("parameters"u8) && reader.IsObject())
            {
                size = RawSize(ref reader);
            }
            else if (member.SequenceEqual("data"u8) && reader.TokenType == JsonTokenType.StartArray)
            {
                // Read when type and shape are known, in whatever order they come.
                data = reader;
                hasData = true;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        if (name is null || type is not { } known || shape is null)
        {
            throw new JsonException("an output without name, shape or known datatype");
        }

        if (hasData)
        {
            var count = shape.Aggregate(1L, (product, length) => checked(product * length));
            return Tensor.Raw(name, known, TensorJson.Read(ref data, known, count), [.. shape]);
        }

        return Tensor.Raw(name, known, Take(name, size), [.. shape]);
    }

    private ReadOnlyMemory<byte> Take(string name, int? size)
    {
        if (size is not { } length || length < 0 || length > body.Length - raw)
        {
            throw new JsonException($"output '{name}' has no data");
        }

        raw += length;
        return body.Slice(raw - length, length);
    }

    private static List<long> Shape(ref Utf8JsonReader reader)
    {
        var shape = new List<long>();
        while (reader.NextItem())
        {
            shape.Add(reader.GetInt64());
        }

        return shape;
    }

    private static int? RawSize(ref Utf8JsonReader reader)
    {
        int? size = null;
        while (reader.NextMember(out var name))
        {
            if (name.SequenceEqual("binary_data_size"u8))
            {
                size = reader.GetInt32();
            }
            else
            {
                reader.Skip();
            }
        }

        return size;
    }
}
