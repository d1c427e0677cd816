using System.Globalization;
using System.Security.Cryptography;

namespace PerfAssert.Load;

/// <summary>Recorded arrivals as offsets in nanoseconds, in ascending order. Takes 8 bytes an arrival: blocks, so that growing copies nothing.</summary>
internal sealed class ArrivalTrace
{
    private const int BlockBits = 16;
    private const int BlockLength = 1 << BlockBits;

    private readonly List<long[]> blocks = [];
    private string? sha256;

    /// <summary>Arrivals.</summary>
    public long Count { get; private set; }

    /// <summary>The first offset.</summary>
    public long First => Count == 0 ? 0 : this[0];

    /// <summary>The last offset.</summary>
    public long Last { get; private set; }

    /// <summary>How long the trace takes: a mean gap beyond the last arrival, so that a phase behind it goes on as if it were the next arrival.</summary>
    public long Length => Last + (Count < 2 ? 0 : (Last - First) / (Count - 1));

    /// <summary>An arrival by its position.</summary>
    public long this[long index] => blocks[(int)(index >> BlockBits)][index & (BlockLength - 1)];

    /// <summary>Adds an arrival at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is before the last one, or negative.</exception>
    public void Add(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, Last);
        var place = (int)(Count & (BlockLength - 1));
        if (place == 0)
        {
            blocks.Add(new long[BlockLength]);
        }

        blocks[^1][place] = Last = offset;
        Count++;
        sha256 = null;
    }

    /// <summary>SHA-256 of the offsets as decimal numbers, one a line: the same however the file wrote them.</summary>
    public string Sha256 => sha256 ??= Hash();

    private string Hash()
    {
        const int Longest = 24;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new byte[16 * 1024];
        var length = 0;
        for (var i = 0L; i < Count; i++)
        {
            this[i].TryFormat(text.AsSpan(length), out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
            text[length++] = (byte)'\n';
            if (length > text.Length - Longest)
            {
                hash.AppendData(text, 0, length);
                length = 0;
            }
        }

        hash.AppendData(text, 0, length);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
