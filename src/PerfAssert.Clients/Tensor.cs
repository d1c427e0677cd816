using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using PerfAssert.Clients.Tensors;

namespace PerfAssert.Clients;

/// <summary>A named tensor: a flat, row-major array of elements and its shape. The elements are not copied.</summary>
public sealed class Tensor
{
    private Tensor(string name, TensorType type, ReadOnlyMemory<byte> data, ReadOnlySpan<long> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Type, Data, Shape) = (name, type, data, shape.ToArray());
    }

    /// <summary>The tensor's name in the model.</summary>
    public string Name { get; }

    /// <summary>Type of the elements.</summary>
    public TensorType Type { get; }

    /// <summary>Length of each dimension, the outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements as they go over the wire in raw form: little-endian; for <see cref="TensorType.Bytes"/> each a 4-byte length and its bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>A tensor of numbers.</summary>
    /// <typeparam name="T">bool, byte to ulong, sbyte to long, Half, float or double.</typeparam>
    /// <param name="name">Its name in the model.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">Length of each dimension. Default: one dimension.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">No tensor has such elements, or the shape holds another number of them.</exception>
    public static Tensor Create<T>(string name, T[] values, params ReadOnlySpan<long> shape)
        where T : unmanaged => Create(name, new ReadOnlyMemory<T>(values), shape);

    /// <inheritdoc cref="Create{T}(string, T[], ReadOnlySpan{long})"/>
    public static Tensor Create<T>(string name, ReadOnlyMemory<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Tensors are sent as they lie in memory, which has to be little-endian.");
        }

        var type = TensorTypes.Of<T>();
        return new Tensor(name, type, new CastMemory<T>(values).Memory, Check(name, values.Length, shape));
    }

    /// <summary>A tensor of texts, sent as UTF-8.</summary>
    /// <param name="name">Its name in the model.</param>
    /// <param name="texts">The elements, row-major.</param>
    /// <param name="shape">Length of each dimension. Default: one dimension.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The shape holds another number of elements.</exception>
    public static Tensor Create(string name, IReadOnlyList<string> texts, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var data = new byte[texts.Sum(text => sizeof(int) + Encoding.UTF8.GetByteCount(text))];
        var at = 0;
        foreach (var text in texts)
        {
            var length = Encoding.UTF8.GetBytes(text, data.AsSpan(at + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(at), length);
            at += sizeof(int) + length;
        }

        return new Tensor(name, TensorType.Bytes, data, Check(name, texts.Count, shape));
    }

    /// <summary>A tensor in raw form, of any type: see <see cref="Data"/>.</summary>
    /// <param name="name">Its name in the model.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="data">The elements in raw form.</param>
    /// <param name="shape">Length of each dimension.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The shape holds another number of elements.</exception>
    public static Tensor Raw(string name, TensorType type, ReadOnlyMemory<byte> data, params ReadOnlySpan<long> shape)
    {
        var tensor = new Tensor(name, type, data, shape);
        var (size, count) = (type.Size(), Count(shape));
        if (size == 0 ? tensor.Elements().Count != count : (long)data.Length != size * count)
        {
            throw new ArgumentException($"Tensor '{name}' has {data.Length} bytes of data, which are not {count} elements of {type.Name()}.");
        }

        return tensor;
    }

    /// <summary>The elements as numbers.</summary>
    /// <typeparam name="T">The .NET type of <see cref="Type"/>: float for FP32, Half for FP16 …</typeparam>
    /// <returns>The elements, row-major.</returns>
    /// <exception cref="InvalidOperationException">The tensor's elements are of another type.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged => TensorTypes.Of<T>() == Type
            ? MemoryMarshal.Cast<byte, T>(Data.Span)
            : throw new InvalidOperationException($"Tensor '{Name}' is of {Type.Name()}, not of {TensorTypes.Of<T>().Name()}.");

    /// <summary>The elements as texts, read as UTF-8.</summary>
    /// <returns>The elements, row-major.</returns>
    /// <exception cref="InvalidOperationException">The tensor is not of <see cref="TensorType.Bytes"/>.</exception>
    public IReadOnlyList<string> Texts() => [.. Elements().Select(element => Encoding.UTF8.GetString(element.Span))];

    /// <summary>The elements of a <see cref="TensorType.Bytes"/> tensor.</summary>
    internal List<ReadOnlyMemory<byte>> Elements()
    {
        if (Type != TensorType.Bytes)
        {
            throw new InvalidOperationException($"Tensor '{Name}' is of {Type.Name()}, not of BYTES.");
        }

        var elements = new List<ReadOnlyMemory<byte>>();
        for (var rest = Data; rest.Length > 0;)
        {
            var length = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw new ArgumentException($"Tensor '{Name}': element {elements.Count} is longer than the data.");
            }

            elements.Add(rest.Slice(sizeof(int), length));
            rest = rest[(sizeof(int) + length)..];
        }

        return elements;
    }

    private static ReadOnlySpan<long> Check(string name, int elements, ReadOnlySpan<long> shape) =>
        shape.IsEmpty ? new[] { (long)elements }
        : Count(shape) == elements ? shape
        : throw new ArgumentException($"Tensor '{name}' has {elements} elements, but its shape [{string.Join(", ", shape.ToArray())}] holds {Count(shape)}.");

    private static long Count(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var length in shape)
        {
            count = length < 0 ? throw new ArgumentException("A dimension is not negative.") : checked(count * length);
        }

        return count;
    }
}
