using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PerfAssert.Clients.Http;

/// <summary>
/// A TCP connection that tells each request when it was sent and when its answer came, and knows how many it has carried: .NET's handler
/// does not tell on which connection a request went, and a broken reused connection is another finding than a broken new one.
/// </summary>
/// <remarks>
/// HTTP/1.x writes a request in the flow of its caller, and until its answer is there the connection is its own. HTTP/2 reads and writes many requests
/// from loops of its own: there no bytes are told.
/// </remarks>
internal sealed class ConnectionStream : NetworkStream
{
    private readonly StampedSocket? stamped;
    private Kind kind;
    private Exchange? last;
    private int carried;
    private PerfRequest? request;
    private long requestIndex;
    private long arrived;

    // By how much the reads of this answer were late until now.
    private long late;

    // Whether the last read took all there was: the next one has to wait, and asking first would be a system call for nothing.
    private bool isEmpty = true;

    /// <summary>Takes a connected socket over.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="kind">Whose bytes pass here.</param>
    public ConnectionStream(Socket socket, Kind kind)
        : base(socket, ownsSocket: true)
    {
        this.kind = kind;
        stamped = kind == Kind.Shared ? null : StampedSocket.For(socket, TimeProvider.System);
    }

    /// <summary>Whose bytes pass a connection.</summary>
    public enum Kind
    {
        /// <summary>Those of one request at a time.</summary>
        Plain,

        /// <summary>The same, in TLS records and after a handshake: <see cref="TlsStream"/> tells them.</summary>
        Encrypted,

        /// <summary>Those of several requests at a time.</summary>
        Shared,
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Exchange.Current is { } exchange && exchange != last)
        {
            last = exchange;
            exchange.Reused = carried++ > 0;
        }

        if (kind == Kind.Plain)
        {
            Sent();
        }

        return base.WriteAsync(buffer, cancellationToken);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (kind == Kind.Shared || buffer.IsEmpty)
        {
            return base.ReadAsync(buffer, cancellationToken);
        }

        var asked = Stopwatch.GetTimestamp();
        return stamped is null ? ReceiveAsync(buffer, asked, cancellationToken)
            : !isEmpty && TryReceive(stamped, buffer, asked, out var count) ? new ValueTask<int>(count)
            : WaitAndReceiveAsync(stamped, buffer, asked, cancellationToken);
    }

    /// <summary>The other side chose to carry several requests at a time: from now on its bytes are nobody's.</summary>
    public void Share() => kind = Kind.Shared;

    /// <summary>The request of this flow is sent now.</summary>
    public void Sent()
    {
        request = PerfRequest.Current;
        if (request is null)
        {
            return;
        }

        requestIndex = request.Index;
        late = 0;
        request.MarkSent();
        stamped?.NoteClocks();
    }

    /// <summary>
    /// More of the answer was read now, or its end: it could have been since it arrived and was asked for. A client that was late before would have asked
    /// earlier by as much; what it did between two reads is no lateness.
    /// </summary>
    /// <param name="asked">When it was asked for, as a time stamp of <see cref="Stopwatch"/>.</param>
    public void Received(long asked)
    {
        // A request object serves many requests, and bytes may come that nobody waits for any more.
        if (request is { } current && current.Index == requestIndex)
        {
            var (now, possible) = (Stopwatch.GetTimestamp(), Math.Max(arrived, asked - late));
            late = now - possible;
            current.MarkReceived(Stopwatch.GetElapsedTime(possible, now));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, long asked, CancellationToken cancellationToken)
    {
        var count = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Arrived(TimeSpan.Zero, asked);
        return count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAndReceiveAsync(StampedSocket stamped, Memory<byte> buffer, long asked, CancellationToken cancellationToken)
    {
        int count;
        do
        {
            // Ends when there is something to read, and reads nothing.
            _ = await base.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        }
        while (!TryReceive(stamped, buffer, asked, out count));

        return count;
    }

    private bool TryReceive(StampedSocket stamped, Memory<byte> buffer, long asked, out int count)
    {
        try
        {
            if (!stamped.TryReceive(buffer.Span, out count, out var lay))
            {
                return false;
            }

            isEmpty = count < buffer.Length;
            Arrived(lay, asked);
            return true;
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private void Arrived(TimeSpan lay, long asked)
    {
        arrived = Stopwatch.GetTimestamp() - (long)(lay.Ticks * (Stopwatch.Frequency / (double)TimeSpan.TicksPerSecond));
        if (kind == Kind.Plain)
        {
            Received(asked);
        }
    }
}
