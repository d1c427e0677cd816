using System.Buffers;
using System.Runtime.CompilerServices;
using PerfAssert.Clients.Http;

namespace PerfAssert.Clients.Streaming;

/// <summary>Reads a body into one pooled buffer, which moves and grows as needed. A read allocates nothing here.</summary>
internal sealed class BodyReader(Stream stream, Exchange exchange) : IDisposable
{
    private const int FirstSize = 16 * 1024;
    private const int MostBytes = 1 << 30;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int start;
    private int end;

    /// <summary>Bytes read so far.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes that were read and not passed yet. Valid until the next <see cref="FillAsync"/>.</summary>
    public Span<byte> Unread => buffer.AsSpan(start, end - start);

    /// <summary>Passes bytes: they are not read again.</summary>
    public void Pass(int count) => start += count;

    /// <summary>Reads more.</summary>
    /// <returns>Whether there was more; false at the end of the body.</returns>
    /// <exception cref="RequestFailedException">The body broke off.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync()
    {
        MakeRoom();
        int read;
        try
        {
            read = await stream.ReadAsync(buffer.AsMemory(end), exchange.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw exchange.ReadFailure(exception);
        }

        end += read;
        Received += read;
        return read > 0;
    }

    /// <summary>Reads to the end of the body.</summary>
    /// <returns>All that was not passed; valid until this reader is disposed.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadToEndAsync()
    {
        Expect(exchange.Response.Content.Headers.ContentLength);
        while (await FillAsync().ConfigureAwait(false))
        {
        }

        return buffer.AsMemory(start, end - start);
    }

    public void Dispose()
    {
        stream.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        start = end = 0;
    }

    // One byte more than announced: the read that finds the end needs room as well.
    private void Expect(long? length)
    {
        if (length is > 0 and < MostBytes && length >= buffer.Length)
        {
            Move(ArrayPool<byte>.Shared.Rent((int)length + 1));
        }
    }

    private void MakeRoom()
    {
        if (start == end)
        {
            start = end = 0;
        }
        else if (end == buffer.Length && start > 0)
        {
            Unread.CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        else if (end == buffer.Length)
        {
            if (buffer.Length >= MostBytes)
            {
                throw exchange.Malformed("longer than 1 GiB without an end");
            }

            Move(ArrayPool<byte>.Shared.Rent(buffer.Length * 2));
        }
    }

    private void Move(byte[] larger)
    {
        Unread.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (larger, 0, end - start);
    }
}
