using System.Buffers.Binary;
using PerfAssert.Clients;
using PerfAssert.Measurements;
using PerfAssert.Payloads.Seeds;

namespace PerfAssert.Payloads.Tensors;

/// <summary>Makes pools of tensors.</summary>
public static class TensorPool
{
    private const int LongestText = 1_000_000;
    private const int MostDraws = 1_000;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789 ";

    /// <summary>Tensors with evenly spread random elements of any type of the Open Inference Protocol.</summary>
    /// <param name="tensor">Name, type, shape and range.</param>
    /// <param name="count">Tensors, 1 to 1,000,000; they repeat only where no more are found in the range. Default: 100.</param>
    /// <param name="seed">Seed of the elements. Default: 1.</param>
    /// <param name="name">Name in the run file. Default: the tensor's.</param>
    /// <returns>The tensors.</returns>
    /// <exception cref="ArgumentException">The range has no number of the type, or is outside of what the type holds.</exception>
    public static PayloadPool<Tensor> Random(RandomTensor tensor, int count = 100, int seed = 1, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        PoolSize.Check(count);
        var (random, distinct) = (new SeededRandom(seed), new DistinctDraws());
        var fill = Filler(tensor);
        var elements = checked((int)tensor.Shape.Aggregate(1L, (product, length) => checked(product * length)));
        var made = new Tensor[count];
        for (var i = 0; i < count; i++)
        {
            made[i] = Tensor.Raw(tensor.Name, tensor.Type, distinct.Draw(() => fill(elements, random), drawn => drawn), [.. tensor.Shape]);
        }

        return Pool(made, distinct.Count, name ?? tensor.Name);
    }

    internal static PayloadPool<Tensor> Pool(Tensor[] tensors, int distinct, string name)
    {
        using var hash = new ContentHash("tensors");
        foreach (var tensor in tensors)
        {
            hash.Add(tensor.Name);
            hash.Add($"{tensor.Type} {string.Join(' ', tensor.Shape)}");
            hash.Add(tensor.Data.Span);
        }

        return new PayloadPool<Tensor>(tensors, new PayloadSet(name, hash.End(), distinct));
    }

    private static Func<int, SeededRandom, byte[]> Filler(RandomTensor tensor)
    {
        var (from, to) = (tensor.From, tensor.To ?? DefaultEnd(tensor.Type));
        var given = FormattableString.Invariant($"Tensor '{tensor.Name}' has the range {from} to {to}");
        var isReal = tensor.Type is TensorType.FP16 or TensorType.BF16 or TensorType.FP32 or TensorType.FP64;
        if (!isReal)
        {
            // 1.5 to 4.5 holds 2, 3 and 4.
            (from, to) = (Math.Ceiling(from), Math.Ceiling(to));
        }

        var (least, most) = Range(tensor.Type);
        if (tensor.Type != TensorType.Bool && (!(from < to) || from < least || to > most))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{given}, expected one that holds {(isReal ? "numbers" : "whole numbers")} and lies in {least} to {most}, which {tensor.Type} holds."), nameof(tensor));
        }

        long Whole(SeededRandom random) => (long)from + (long)Math.Floor(random.NextDouble() * (to - from));
        double Real(SeededRandom random)
        {
            for (var draw = 0; draw < MostDraws; draw++)
            {
                // Rounding may leave the range: what is just below 1 becomes 1.
                var value = Rounded(tensor.Type, from + (random.NextDouble() * (to - from)));
                if (value >= from && value < to)
                {
                    return value;
                }
            }

            throw new ArgumentException(FormattableString.Invariant(
                $"{given}, in which {MostDraws:N0} draws found no {tensor.Type}, expected a wider one."), nameof(tensor));
        }

        return tensor.Type switch
        {
            TensorType.Bool => Of(1, (bytes, random) => bytes[0] = (byte)(random.Next() >> 63)),
            TensorType.UInt8 or TensorType.Int8 => Of(1, (bytes, random) => bytes[0] = unchecked((byte)Whole(random))),
            TensorType.UInt16 or TensorType.Int16 => Of(2, (bytes, random) => BinaryPrimitives.WriteInt16LittleEndian(bytes, unchecked((short)Whole(random)))),
            TensorType.UInt32 or TensorType.Int32 => Of(4, (bytes, random) => BinaryPrimitives.WriteInt32LittleEndian(bytes, unchecked((int)Whole(random)))),
            TensorType.UInt64 or TensorType.Int64 => Of(8, (bytes, random) => BinaryPrimitives.WriteInt64LittleEndian(bytes, Whole(random))),
            TensorType.FP16 => Of(2, (bytes, random) => BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)Real(random))),
            TensorType.BF16 => Of(2, (bytes, random) => BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(BitConverter.SingleToUInt32Bits((float)Real(random)) >> 16))),
            TensorType.FP32 => Of(4, (bytes, random) => BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)Real(random))),
            TensorType.FP64 => Of(8, (bytes, random) => BinaryPrimitives.WriteDoubleLittleEndian(bytes, Real(random))),
            _ => (elements, random) => Texts(elements, random, Whole),
        };
    }

    private static double Rounded(TensorType type, double value) => type switch
    {
        TensorType.FP16 => (double)(Half)value,
        TensorType.BF16 => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)value) & 0xFFFF_0000),
        TensorType.FP32 => (float)value,
        _ => value,
    };

    private delegate void Write(Span<byte> bytes, SeededRandom random);

    private static Func<int, SeededRandom, byte[]> Of(int size, Write write) => (elements, random) =>
    {
        var bytes = new byte[checked(elements * size)];
        for (var at = 0; at < bytes.Length; at += size)
        {
            write(bytes.AsSpan(at, size), random);
        }

        return bytes;
    };

    private static byte[] Texts(int elements, SeededRandom random, Func<SeededRandom, long> length)
    {
        using var bytes = new MemoryStream();
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        for (var i = 0; i < elements; i++)
        {
            var characters = (int)length(random);
            BinaryPrimitives.WriteInt32LittleEndian(prefix, characters);
            bytes.Write(prefix);
            for (var c = 0; c < characters; c++)
            {
                bytes.WriteByte((byte)Letters[random.Below(Letters.Length)]);
            }
        }

        return bytes.ToArray();
    }

    private static double DefaultEnd(TensorType type) => type switch
    {
        TensorType.FP16 or TensorType.BF16 or TensorType.FP32 or TensorType.FP64 => 1,
        TensorType.Bytes => 17,
        _ => 100,
    };

    // Whole numbers beyond 2⁵³ are not drawn: a double holds them no longer.
    private static (double Least, double Most) Range(TensorType type) => type switch
    {
        TensorType.UInt8 => (0, 256),
        TensorType.UInt16 => (0, 65_536),
        TensorType.UInt32 => (0, 4_294_967_296),
        TensorType.UInt64 => (0, 1L << 53),
        TensorType.Int8 => (-128, 128),
        TensorType.Int16 => (-32_768, 32_768),
        TensorType.Int32 => (-2_147_483_648, 2_147_483_648),
        TensorType.Int64 => (-(1L << 53), 1L << 53),
        TensorType.FP16 => (-65_504, 65_504),
        TensorType.BF16 or TensorType.FP32 => (float.MinValue, float.MaxValue),
        TensorType.FP64 => (-1e300, 1e300),
        TensorType.Bytes => (0, LongestText),
        _ => (0, 2),
    };
}
