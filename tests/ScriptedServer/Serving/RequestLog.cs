using System.Runtime.InteropServices;

namespace Scripted.Serving;

/// <summary>Two stamps a request, arrival and answer, in order of arrival. An answer of 0 is still to come.</summary>
internal sealed class RequestLog
{
    private readonly long[] stamps;

    // Tickets go on counting over a reset, so that an answer of before it finds no place.
    private long first;
    private long next;

    public RequestLog(int capacity)
    {
        stamps = GC.AllocateArray<long>(capacity * 2, pinned: true);

        // Touched now: the first write to a page costs a fault.
        Array.Fill(stamps, 1);
    }

    /// <summary>Requests since the last reset, logged or not.</summary>
    public long Requests => next - first;

    /// <summary>The logged stamps as they stand in memory: pairs of little-endian 64-bit integers.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(stamps.AsSpan(0, (int)Math.Min(stamps.Length, Requests * 2)));

    /// <summary>Logs an arrival.</summary>
    /// <returns>The ticket by which its answer is logged.</returns>
    public long Arrived(long now)
    {
        var ticket = next++;
        var place = (ticket - first) * 2;
        if (place < stamps.Length)
        {
            stamps[place] = now;
            stamps[place + 1] = 0;
        }

        return ticket;
    }

    public void Answered(long ticket, long now)
    {
        var place = (ticket - first) * 2;
        if (place >= 0 && place < stamps.Length)
        {
            stamps[place + 1] = now;
        }
    }

    public void Clear() => first = next;
}
