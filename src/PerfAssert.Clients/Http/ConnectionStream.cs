using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PerfAssert.Clients.Http;

/// <summary>
/// A TCP connection that tells each request when it was sent and when its answer came, and knows how many it has carried: .NET's handler
/// does not tell on which connection a request went, and a broken reused connection is another finding than a broken new one.
/// </summary>
/// <remarks>
/// HTTP/1.x writes a request in the flow of its caller, and until its answer is there the connection is its own. HTTP/2 reads and writes many requests
/// from loops of its own, and TLS has a handshake before the first of them: there no bytes are told.
/// </remarks>
internal sealed class ConnectionStream : Stream
{
    private readonly NetworkStream inner;
    private readonly StampedSocket? stamped;
    private readonly bool tells;
    private Exchange? last;
    private int carried;
    private PerfRequest? request;
    private long requestIndex;

    /// <summary>Takes a connected socket over.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="isPlainHttp1">Whether each request's own bytes pass here.</param>
    public ConnectionStream(Socket socket, bool isPlainHttp1)
    {
        inner = new NetworkStream(socket, ownsSocket: true);
        tells = isPlainHttp1;
        stamped = isPlainHttp1 ? StampedSocket.For(socket, TimeProvider.System) : null;
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

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Exchange.Current is { } exchange && exchange != last)
        {
            last = exchange;
            exchange.Reused = carried++ > 0;
        }

        if (tells)
        {
            Sent();
        }

        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!tells || buffer.IsEmpty)
        {
            return inner.ReadAsync(buffer, cancellationToken);
        }

        return stamped is null ? ReceiveAsync(buffer, cancellationToken)
            : TryReceive(buffer, out var count) ? new ValueTask<int>(count)
            : WaitAndReceiveAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Received(count, TimeSpan.Zero);
        return count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAndReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count;
        do
        {
            // Ends when there is something to read, and reads nothing.
            _ = await inner.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        }
        while (!TryReceive(buffer, out count));

        return count;
    }

    private void Sent()
    {
        request = PerfRequest.Current;
        if (request is null)
        {
            return;
        }

        requestIndex = request.Index;
        request.MarkSent();
        stamped?.NoteClocks();
    }

    private bool TryReceive(Memory<byte> buffer, out int count)
    {
        try
        {
            if (!stamped!.TryReceive(buffer.Span, out count, out var lay))
            {
                return false;
            }

            Received(count, lay);
            return true;
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    // A request object serves many requests, and bytes may come that nobody waits for any more.
    private void Received(int count, TimeSpan lay)
    {
        if (count > 0 && request is { } asked && asked.Index == requestIndex)
        {
            asked.MarkReceived(lay);
        }
    }
}
