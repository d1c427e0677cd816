using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using PerfAssert.Clients.OpenInference.Wire;
using PerfAssert.Clients.Tensors;

namespace PerfAssert.Clients.OpenInference;

/// <summary>Elements of tensors in the protocol's typed lists: small integers share a list of 32 bits.</summary>
internal static class TypedContents
{
    public static InferTensorContents Write(Tensor tensor)
    {
        var contents = new InferTensorContents();
        switch (tensor.Type)
        {
            case TensorType.Bool:
                contents.BoolContents.AddRange(tensor.Values<bool>().ToArray());
                break;
            case TensorType.UInt8:
                contents.UintContents.AddRange(tensor.Data.ToArray().Select(value => (uint)value));
                break;
            case TensorType.UInt16:
                contents.UintContents.AddRange(tensor.Values<ushort>().ToArray().Select(value => (uint)value));
                break;
            case TensorType.UInt32:
                contents.UintContents.AddRange(tensor.Values<uint>().ToArray());
                break;
            case TensorType.UInt64:
                contents.Uint64Contents.AddRange(tensor.Values<ulong>().ToArray());
                break;
            case TensorType.Int8:
                contents.IntContents.AddRange(tensor.Values<sbyte>().ToArray().Select(value => (int)value));
                break;
            case TensorType.Int16:
                contents.IntContents.AddRange(tensor.Values<short>().ToArray().Select(value => (int)value));
                break;
            case TensorType.Int32:
                contents.IntContents.AddRange(tensor.Values<int>().ToArray());
                break;
            case TensorType.Int64:
                contents.Int64Contents.AddRange(tensor.Values<long>().ToArray());
                break;
            case TensorType.FP32:
                contents.Fp32Contents.AddRange(tensor.Values<float>().ToArray());
                break;
            case TensorType.FP64:
                contents.Fp64Contents.AddRange(tensor.Values<double>().ToArray());
                break;
            case TensorType.Bytes:
                contents.BytesContents.AddRange(tensor.Elements().Select(element => UnsafeByteOperations.UnsafeWrap(element)));
                break;
            default:
                throw new ArgumentException($"Tensor '{tensor.Name}' is of {tensor.Type.Name()}, which has no typed form: send it raw.");
        }

        return contents;
    }

    /// <exception cref="ArgumentException">There is no list for the type.</exception>
    /// <exception cref="OverflowException">A number does not fit the type.</exception>
    public static ReadOnlyMemory<byte> Read(InferTensorContents? contents, TensorType type) => contents is null ? default : type switch
    {
        TensorType.Bool => Bytes<bool>([.. contents.BoolContents]),
        TensorType.UInt8 => Bytes<byte>([.. contents.UintContents.Select(value => checked((byte)value))]),
        TensorType.UInt16 => Bytes<ushort>([.. contents.UintContents.Select(value => checked((ushort)value))]),
        TensorType.UInt32 => Bytes<uint>([.. contents.UintContents]),
        TensorType.UInt64 => Bytes<ulong>([.. contents.Uint64Contents]),
        TensorType.Int8 => Bytes<sbyte>([.. contents.IntContents.Select(value => checked((sbyte)value))]),
        TensorType.Int16 => Bytes<short>([.. contents.IntContents.Select(value => checked((short)value))]),
        TensorType.Int32 => Bytes<int>([.. contents.IntContents]),
        TensorType.Int64 => Bytes<long>([.. contents.Int64Contents]),
        TensorType.FP32 => Bytes<float>([.. contents.Fp32Contents]),
        TensorType.FP64 => Bytes<double>([.. contents.Fp64Contents]),
        TensorType.Bytes => Elements(contents),
        _ => throw new ArgumentException($"{type.Name()} in typed contents"),
    };

    private static ReadOnlyMemory<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    private static ReadOnlyMemory<byte> Elements(InferTensorContents contents)
    {
        var data = new byte[contents.BytesContents.Sum(element => sizeof(int) + element.Length)];
        var at = 0;
        foreach (var element in contents.BytesContents)
        {
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(at), element.Length);
            element.Span.CopyTo(data.AsSpan(at + sizeof(int)));
            at += sizeof(int) + element.Length;
        }

        return data;
    }
}
