using System.Text;

namespace TinyGguf;

/// <summary>Writes GGUF version 3: key-values, then what tensors there are, then their numbers. Little-endian throughout.</summary>
internal sealed class GgufWriter : IDisposable
{
    /// <summary>Tensors start at a multiple of this many bytes.</summary>
    public const int Alignment = 32;

    private readonly MemoryStream _keyValues = new();
    private readonly BinaryWriter _writer;
    private readonly List<(string Name, int[] Sizes, bool IsHalf, Func<float> Next)> _tensors = [];
    private ulong _count;

    public GgufWriter() => _writer = new BinaryWriter(_keyValues);

    private enum ValueType
    {
        UInt32 = 4,
        Int32 = 5,
        Float32 = 6,
        Bool = 7,
        String = 8,
        Array = 9,
    }

    public void Add(string key, int value) => Begin(key, ValueType.UInt32).Write((uint)value);

    public void Add(string key, float value) => Begin(key, ValueType.Float32).Write(value);

    public void Add(string key, bool value) => Begin(key, ValueType.Bool).Write(value);

    public void Add(string key, string value)
    {
        Begin(key, ValueType.String);
        Write(_writer, value);
    }

    public void Add(string key, IEnumerable<string> values) => AddArray(key, ValueType.String, [.. values], Write);

    public void Add(string key, IEnumerable<float> values) => AddArray(key, ValueType.Float32, [.. values], (writer, value) => writer.Write(value));

    public void Add(string key, IEnumerable<int> values) => AddArray(key, ValueType.Int32, [.. values], (writer, value) => writer.Write(value));

    /// <summary>A matrix in half precision; its numbers are asked for when it is written, row by row.</summary>
    public void AddMatrix(string name, int columns, int rows, Func<float> next) => _tensors.Add((name, [columns, rows], true, next));

    /// <summary>A vector in single precision.</summary>
    public void AddVector(string name, int length, Func<float> next) => _tensors.Add((name, [length], false, next));

    public void WriteTo(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)_tensors.Count);
        writer.Write(_count);
        writer.Write(_keyValues.GetBuffer().AsSpan(0, (int)_keyValues.Length));
        var offset = 0L;
        foreach (var (name, sizes, isHalf, _) in _tensors)
        {
            Write(writer, name);
            writer.Write((uint)sizes.Length);
            foreach (var size in sizes)
            {
                writer.Write((ulong)size);
            }

            writer.Write(isHalf ? 1u : 0u);
            writer.Write((ulong)offset);
            offset += Padded(Numbers(sizes) * (isHalf ? 2 : 4));
        }

        Pad(writer);
        foreach (var (_, sizes, isHalf, next) in _tensors)
        {
            for (var left = Numbers(sizes); left > 0; left--)
            {
                if (isHalf)
                {
                    writer.Write((Half)next());
                }
                else
                {
                    writer.Write(next());
                }
            }

            Pad(writer);
        }
    }

    public void Dispose() => _writer.Dispose();

    private static long Numbers(int[] sizes) => sizes.Aggregate(1L, (product, size) => product * size);

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;

    private static void Pad(BinaryWriter writer)
    {
        writer.Flush();
        var position = writer.BaseStream.Position;
        writer.Write(new byte[Padded(position) - position]);
    }

    private static void Write(BinaryWriter writer, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private BinaryWriter Begin(string key, ValueType type)
    {
        _count++;
        Write(_writer, key);
        _writer.Write((uint)type);
        return _writer;
    }

    private void AddArray<T>(string key, ValueType type, T[] values, Action<BinaryWriter, T> write)
    {
        Begin(key, ValueType.Array);
        _writer.Write((uint)type);
        _writer.Write((ulong)values.Length);
        foreach (var value in values)
        {
            write(_writer, value);
        }
    }
}
