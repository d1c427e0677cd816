using System.Runtime.CompilerServices;

namespace PerfAssert.Clients.Streaming;

/// <summary>
/// Server-sent events, as the standard has them: lines end with LF, CRLF or CR; an empty line ends an event; <c>data</c> lines of one
/// event are joined by LF; comments and other fields are passed over. The data is a slice of the read buffer.
/// </summary>
internal sealed class SseReader(BodyReader body)
{
    // Offsets into the unread bytes, so that they survive a move of the buffer.
    private int scanned;
    private int dataStart;
    private int dataEnd;
    private bool hasData;
    private bool skipLineFeed;
    private int passed;

    /// <summary>The data of the event that was read. Valid until the next <see cref="ReadAsync"/>.</summary>
    public ReadOnlySpan<byte> Data => body.Unread[dataStart..dataEnd];

    /// <summary>At the end of the stream: what stands there without the empty line that would make it an event.</summary>
    public ReadOnlySpan<byte> Rest => body.Unread;

    /// <summary>Reads the next event that has data.</summary>
    /// <returns>False at the end of the stream; what stands there without its empty line is no event.</returns>
    public ValueTask<bool> ReadAsync()
    {
        body.Pass(passed);
        passed = scanned = 0;
        hasData = false;
        return TryRead() ? ValueTask.FromResult(true) : ReadMoreAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadMoreAsync()
    {
        while (await body.FillAsync().ConfigureAwait(false))
        {
            if (TryRead())
            {
                return true;
            }
        }

        return false;
    }

    private bool TryRead()
    {
        var unread = body.Unread;
        while (true)
        {
            if (skipLineFeed && scanned < unread.Length)
            {
                scanned += unread[scanned] == '\n' ? 1 : 0;
                skipLineFeed = false;
                PassIfBetweenEvents();
                unread = body.Unread;
            }

            var length = unread[scanned..].IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0)
            {
                return false;
            }

            var line = unread.Slice(scanned, length);
            var lineStart = scanned;
            scanned += length + 1;
            skipLineFeed = unread[scanned - 1] == '\r';
            if (length > 0 && line[0] == ':' && lineStart == 0)
            {
                PassIfBetweenEvents();
                unread = body.Unread;
            }
            else if (length > 0)
            {
                Field(unread, line, lineStart);
            }
            else if (hasData && dataEnd > dataStart)
            {
                passed = scanned;
                return true;
            }
            else
            {
                hasData = false;
                PassIfBetweenEvents();
                unread = body.Unread;
            }
        }
    }

    // Nothing of an event was seen yet: what was scanned is not needed again.
    private void PassIfBetweenEvents()
    {
        if (!hasData)
        {
            body.Pass(scanned);
            scanned = 0;
        }
    }

    private void Field(Span<byte> unread, ReadOnlySpan<byte> line, int lineStart)
    {
        if (!line.StartsWith("data"u8) || (line.Length > 4 && line[4] != ':'))
        {
            return;
        }

        var valueStart = Math.Min(5, line.Length);
        valueStart += valueStart < line.Length && line[valueStart] == ' ' ? 1 : 0;
        var value = line[valueStart..];
        if (!hasData)
        {
            (hasData, dataStart, dataEnd) = (true, lineStart + valueStart, lineStart + line.Length);
            return;
        }

        // Joined in place: the field name of this line leaves room for the LF and more.
        unread[dataEnd++] = (byte)'\n';
        value.CopyTo(unread[dataEnd..]);
        dataEnd += value.Length;
    }
}
