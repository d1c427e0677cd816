using System.Buffers;
using System.Runtime.InteropServices;

namespace PerfAssert.Clients.Tensors;

/// <summary>Memory of numbers seen as bytes, without a copy.</summary>
internal sealed class CastMemory<T>(ReadOnlyMemory<T> values) : MemoryManager<byte>
    where T : unmanaged
{
    // Only ever handed out as read-only memory.
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(MemoryMarshal.AsMemory(values).Span);

    public override MemoryHandle Pin(int elementIndex = 0) =>
        throw new NotSupportedException("A view of numbers as bytes is not pinned.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
