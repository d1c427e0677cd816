using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PerfAssert.Payloads.Seeds;

/// <summary>Draws again what was drawn before. Half of a SHA-256 is kept of each payload, so that memory does not grow with their size.</summary>
internal sealed class DistinctDraws
{
    private const int MostRepeats = 1_000;

    // A large tensor of which there is but one is not drawn a thousand times.
    private const long MostRepeatedBytes = 64 << 20;

    private readonly HashSet<UInt128> seen = [];
    private readonly HashSet<int> exhausted = [];

    /// <summary>Distinct payloads so far.</summary>
    public int Count => seen.Count;

    /// <summary>A payload that is new, or one that is not: after so many repeats a source is taken to have no more.</summary>
    public T Draw<T>(Func<T> draw, Func<T, ReadOnlySpan<byte>> content, int source = 0)
    {
        var drawn = draw();
        var bytes = 0L;
        for (var repeats = 1; !seen.Add(Key(content(drawn))) && !exhausted.Contains(source); repeats++)
        {
            bytes += content(drawn).Length;
            if (repeats == MostRepeats || bytes >= MostRepeatedBytes)
            {
                exhausted.Add(source);
            }

            drawn = draw();
        }

        return drawn;
    }

    private static UInt128 Key(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
