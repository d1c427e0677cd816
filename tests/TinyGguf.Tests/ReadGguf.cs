using System.Text;

namespace TinyGguf.Tests;

/// <summary>Reads a GGUF file by its specification, sharing nothing with what wrote it.</summary>
internal sealed class ReadGguf
{
    private const uint Alignment = 32;

    private readonly byte[] _file;
    private readonly long _data;

    public ReadGguf(string path)
    {
        _file = File.ReadAllBytes(path);
        using var reader = new BinaryReader(new MemoryStream(_file));
        Magic = Encoding.ASCII.GetString(reader.ReadBytes(4));
        Version = reader.ReadUInt32();
        var (tensors, values) = (reader.ReadUInt64(), reader.ReadUInt64());
        for (var i = 0ul; i < values; i++)
        {
            Values.Add(ReadString(reader), ReadValue(reader, reader.ReadUInt32()));
        }

        for (var i = 0ul; i < tensors; i++)
        {
            var name = ReadString(reader);
            var sizes = new ulong[reader.ReadUInt32()];
            for (var d = 0; d < sizes.Length; d++)
            {
                sizes[d] = reader.ReadUInt64();
            }

            Tensors.Add(name, new Tensor(sizes, reader.ReadUInt32(), reader.ReadUInt64()));
        }

        _data = (reader.BaseStream.Position + Alignment - 1) / Alignment * Alignment;
    }

    public string Magic { get; }

    public uint Version { get; }

    public Dictionary<string, object> Values { get; } = [];

    public Dictionary<string, Tensor> Tensors { get; } = [];

    /// <summary>Where the last tensor and its padding should end.</summary>
    public long ExpectedLength => _data + Tensors.Values.Max(tensor => (long)tensor.Offset + Padded(tensor.Bytes));

    public long Length => _file.Length;

    public float[] Numbers(string name)
    {
        var tensor = Tensors[name];
        using var reader = new BinaryReader(new MemoryStream(_file));
        reader.BaseStream.Position = _data + (long)tensor.Offset;
        var numbers = new float[tensor.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = tensor.Type == 1 ? (float)reader.ReadHalf() : reader.ReadSingle();
        }

        return numbers;
    }

    public static long Padded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static string ReadString(BinaryReader reader) => Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadUInt64()));

    private static object ReadValue(BinaryReader reader, uint type) => type switch
    {
        4 => reader.ReadUInt32(),
        5 => reader.ReadInt32(),
        6 => reader.ReadSingle(),
        7 => reader.ReadByte() == 1,
        8 => ReadString(reader),
        9 => ReadArray(reader, reader.ReadUInt32()),
        _ => throw new InvalidDataException($"value type {type}"),
    };

    private static object[] ReadArray(BinaryReader reader, uint type)
    {
        var values = new object[reader.ReadUInt64()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadValue(reader, type);
        }

        return values;
    }

    /// <param name="Sizes">The contiguous one first.</param>
    /// <param name="Type">0: single precision, 1: half.</param>
    /// <param name="Offset">From the start of the data.</param>
    internal sealed record Tensor(ulong[] Sizes, uint Type, ulong Offset)
    {
        public long Count => Sizes.Aggregate(1L, (product, size) => product * (long)size);

        public long Bytes => Count * (Type == 1 ? 2 : 4);
    }
}
