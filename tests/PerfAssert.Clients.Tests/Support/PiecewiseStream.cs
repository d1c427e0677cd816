namespace PerfAssert.Clients.Tests.Support;

/// <summary>A body that arrives in pieces: each read gets what is left of one piece.</summary>
internal sealed class PiecewiseStream(params byte[][] pieces) : Stream
{
    private readonly Queue<byte[]> left = new(pieces.Where(piece => piece.Length > 0));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (!left.TryDequeue(out var piece))
        {
            return 0;
        }

        var read = Math.Min(piece.Length, buffer.Length);
        piece.AsSpan(0, read).CopyTo(buffer.Span);
        if (read < piece.Length)
        {
            var rest = left.ToArray();
            left.Clear();
            left.Enqueue(piece[read..]);
            foreach (var later in rest)
            {
                left.Enqueue(later);
            }
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
