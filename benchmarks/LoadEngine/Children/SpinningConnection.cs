using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace LoadEngine.Children;

/// <summary>
/// A connection whose reads end on the thread that calls <see cref="LookForAnswer"/>, over and over: nothing sleeps, and once it is connected no other thread takes part.
/// </summary>
internal sealed class SpinningConnection : Stream, IValueTaskSource<int>
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private ManualResetValueTaskSourceCore<int> read;
    private Memory<byte> into;
    private bool isReading;

    public SpinningConnection(string host, int port)
    {
        socket.Connect(host, port);
        socket.Blocking = false;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Gives the read that waits, if there is one, what has arrived; who awaits it goes on inside of this call.</summary>
    public void LookForAnswer()
    {
        if (!Volatile.Read(ref isReading) || (into.IsEmpty && socket.Available == 0))
        {
            return;
        }

        var count = socket.Receive(into.Span, SocketFlags.None, out var error);
        if (error != SocketError.WouldBlock)
        {
            isReading = false;
            read.SetResult(count);
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        into = buffer;
        read.Reset();
        Volatile.Write(ref isReading, true);
        return new ValueTask<int>(this, read.Version);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    // A request is far smaller than the socket's buffer.
    public override void Write(ReadOnlySpan<byte> buffer) => _ = socket.Send(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        read.OnCompleted(continuation, state, token, flags);

    protected override void Dispose(bool disposing)
    {
        socket.Dispose();
        base.Dispose(disposing);
    }
}
