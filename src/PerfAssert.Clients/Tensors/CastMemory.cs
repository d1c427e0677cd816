using System.Buffers;
using System.Runtime.InteropServices;

namespace PerfAssert.Clients.Tensors;

/// <summary>Memory of numbers seen as bytes, without a copy.</summary>
internal sealed class CastMemory<T>(ReadOnlyMemory<T> values) : MemoryManager<byte>
    where T : unmanaged
{
    // Only ever handed out as read-only memory.
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(MemoryMarshal.AsMemory(values).Span);

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, GetSpan().Length);
        var handle = values.Pin();
        return new MemoryHandle((byte*)handle.Pointer + elementIndex, pinnable: new Pinned(handle));
    }

    // Each handle frees what it has pinned itself: one tensor is sent by many requests at once.
    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Pinned(MemoryHandle handle) : IPinnable
    {
        public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException("It is pinned.");

        public void Unpin() => handle.Dispose();
    }
}
