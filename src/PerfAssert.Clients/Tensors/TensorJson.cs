using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace PerfAssert.Clients.Tensors;

/// <summary>Elements of tensors as JSON arrays.</summary>
internal static class TensorJson
{
    /// <summary>Writes all elements as one flat array, for the Open Inference Protocol.</summary>
    /// <exception cref="ArgumentException">An element has no JSON form.</exception>
    public static void WriteFlat(Utf8JsonWriter json, Tensor tensor)
    {
        json.WriteStartArray();
        Elements(json, tensor, TextsOf(tensor), 0, Count(tensor.Shape, 0), forTensorFlow: false);
        json.WriteEndArray();
    }

    /// <summary>Writes the elements as arrays in arrays, as the shape says, for TensorFlow Serving.</summary>
    /// <exception cref="ArgumentException">The elements have no JSON form.</exception>
    public static void WriteNested(Utf8JsonWriter json, Tensor tensor) => Nested(json, tensor, TextsOf(tensor), 0, 0);

    /// <summary>Writes one item of the outermost dimension, for TensorFlow Serving.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="texts"><see cref="TextsOf"/> it, found once for all items.</param>
    /// <param name="item">Which one.</param>
    /// <exception cref="ArgumentException">The elements have no JSON form.</exception>
    public static void WriteItem(Utf8JsonWriter json, Tensor tensor, List<ReadOnlyMemory<byte>>? texts, long item) =>
        Nested(json, tensor, texts, 1, item * Count(tensor.Shape, 1));

    /// <summary>The elements of a tensor of texts, which are only found one after the other; <see langword="null"/>: it has numbers.</summary>
    public static List<ReadOnlyMemory<byte>>? TextsOf(Tensor tensor) => tensor.Type == TensorType.Bytes ? tensor.Elements() : null;

    /// <summary>Reads a flat or nested array into raw form.</summary>
    /// <param name="reader">Stands at the array.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="expected">How many there have to be.</param>
    /// <exception cref="JsonException">There are more or fewer, or one is of another kind.</exception>
    public static byte[] Read(ref Utf8JsonReader reader, TensorType type, long expected)
    {
        var size = type.Size();
        if (type is TensorType.FP16 or TensorType.BF16)
        {
            throw new JsonException($"{type.Name()} has no JSON form");
        }

        using var data = new MemoryStream((int)Math.Min(expected * Math.Max(size, 8), 1 << 20));
        Span<byte> element = stackalloc byte[8];
        var (count, depth) = (0L, reader.CurrentDepth);
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray)
            {
                continue;
            }

            count++;
            if (type == TensorType.Bytes)
            {
                Text(ref reader, data);
            }
            else
            {
                BinaryPrimitives.WriteUInt64LittleEndian(element, Bits(ref reader, type));
                data.Write(element[..size]);
            }
        }

        return count == expected ? data.ToArray() : throw new JsonException($"{expected} elements were expected, {count} are there");
    }

    private static void Nested(Utf8JsonWriter json, Tensor tensor, List<ReadOnlyMemory<byte>>? texts, int dimension, long first)
    {
        if (dimension == tensor.Shape.Count)
        {
            Elements(json, tensor, texts, first, 1, forTensorFlow: true);
            return;
        }

        json.WriteStartArray();
        var length = tensor.Shape[dimension];
        if (dimension == tensor.Shape.Count - 1)
        {
            Elements(json, tensor, texts, first, length, forTensorFlow: true);
        }
        else
        {
            for (var item = 0L; item < length; item++)
            {
                Nested(json, tensor, texts, dimension + 1, first + (item * Count(tensor.Shape, dimension + 1)));
            }
        }

        json.WriteEndArray();
    }

    private static long Count(IReadOnlyList<long> shape, int from) => shape.Skip(from).Aggregate(1L, (count, length) => count * length);

    private static void Elements(Utf8JsonWriter json, Tensor tensor, List<ReadOnlyMemory<byte>>? texts, long first, long count, bool forTensorFlow)
    {
        var (start, length) = ((int)first, (int)count);
        switch (tensor.Type)
        {
            case TensorType.Bool:
                Write(tensor.Values<bool>().Slice(start, length), json.WriteBooleanValue);
                break;
            case TensorType.UInt8:
                Write(tensor.Values<byte>().Slice(start, length), value => json.WriteNumberValue(value));
                break;
            case TensorType.UInt16:
                Write(tensor.Values<ushort>().Slice(start, length), value => json.WriteNumberValue(value));
                break;
            case TensorType.UInt32:
                Write(tensor.Values<uint>().Slice(start, length), json.WriteNumberValue);
                break;
            case TensorType.UInt64:
                Write(tensor.Values<ulong>().Slice(start, length), json.WriteNumberValue);
                break;
            case TensorType.Int8:
                Write(tensor.Values<sbyte>().Slice(start, length), value => json.WriteNumberValue(value));
                break;
            case TensorType.Int16:
                Write(tensor.Values<short>().Slice(start, length), value => json.WriteNumberValue(value));
                break;
            case TensorType.Int32:
                Write(tensor.Values<int>().Slice(start, length), json.WriteNumberValue);
                break;
            case TensorType.Int64:
                Write(tensor.Values<long>().Slice(start, length), json.WriteNumberValue);
                break;
            case TensorType.FP32:
                foreach (var value in tensor.Values<float>().Slice(start, length))
                {
                    if (value is > -RareElements.FromFloat and < RareElements.FromFloat)
                    {
                        json.WriteNumberValue(value);
                    }
                    else
                    {
                        RareElements.Number(json, tensor, value, forTensorFlow);
                    }
                }

                break;
            case TensorType.FP64:
                foreach (var value in tensor.Values<double>().Slice(start, length))
                {
                    if (value is > -RareElements.FromDouble and < RareElements.FromDouble)
                    {
                        json.WriteNumberValue(value);
                    }
                    else
                    {
                        RareElements.Number(json, tensor, value, forTensorFlow);
                    }
                }

                break;
            case TensorType.Bytes:
                foreach (var text in texts!.GetRange(start, length))
                {
                    if (Utf8.IsValid(text.Span))
                    {
                        json.WriteStringValue(text.Span);
                    }
                    else
                    {
                        RareElements.NoText(json, tensor, text.Span, forTensorFlow);
                    }
                }

                break;
            default:
                throw new ArgumentException(
                    $"Tensor '{tensor.Name}' is of {tensor.Type.Name()}, which has no JSON form: {(forTensorFlow ? "TensorFlow Serving takes FP32 here" : "send it raw")}.");
        }
    }

    private static void Write<T>(ReadOnlySpan<T> values, Action<T> write)
    {
        foreach (var value in values)
        {
            write(value);
        }
    }

    private static void Text(ref Utf8JsonReader reader, MemoryStream data)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"a text was expected, {reader.TokenType} is there");
        }

        var text = new byte[reader.ValueSpan.Length];
        var length = reader.CopyString(text);
        data.Write(BitConverter.GetBytes(length));
        data.Write(text.AsSpan(0, length));
    }

    // Little-endian, so the low bytes of it are the element.
    private static ulong Bits(ref Utf8JsonReader reader, TensorType type) => type switch
    {
        TensorType.Bool => reader.TokenType == JsonTokenType.Number ? Math.Min(reader.GetByte(), (byte)1) : reader.GetBoolean() ? 1ul : 0,
        TensorType.UInt8 => reader.GetByte(),
        TensorType.UInt16 => reader.GetUInt16(),
        TensorType.UInt32 => reader.GetUInt32(),
        TensorType.UInt64 => reader.GetUInt64(),
        TensorType.Int8 => (byte)reader.GetSByte(),
        TensorType.Int16 => (ushort)reader.GetInt16(),
        TensorType.Int32 => (uint)reader.GetInt32(),
        TensorType.Int64 => (ulong)reader.GetInt64(),
        TensorType.FP32 => BitConverter.SingleToUInt32Bits(reader.GetSingle()),
        _ => BitConverter.DoubleToUInt64Bits(reader.GetDouble()),
    };
}
