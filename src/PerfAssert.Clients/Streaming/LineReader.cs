using System.Runtime.CompilerServices;

namespace PerfAssert.Clients.Streaming;

/// <summary>Newline-delimited JSON: one object a line; empty lines are passed over. The line is a slice of the read buffer.</summary>
internal sealed class LineReader(BodyReader body)
{
    private int scanned;
    private int length;
    private int passed;

    /// <summary>The line that was read, without its end. Valid until the next <see cref="ReadAsync"/>.</summary>
    public ReadOnlySpan<byte> Line => body.Unread[..length];

    /// <summary>Whether the last line was ended by the end of the stream: half a line, or a whole one without its newline.</summary>
    public bool EndedByStream { get; private set; }

    /// <summary>Reads the next line that is not empty.</summary>
    /// <returns>False at the end of the stream.</returns>
    public ValueTask<bool> ReadAsync()
    {
        body.Pass(passed);
        passed = scanned = 0;
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

        length = passed = body.Unread.Length;
        EndedByStream |= length > 0;
        return length > 0;
    }

    private bool TryRead()
    {
        while (true)
        {
            var unread = body.Unread;
            var newline = unread[scanned..].IndexOf((byte)'\n');
            if (newline < 0)
            {
                scanned = unread.Length;
                return false;
            }

            length = scanned + newline;
            passed = length + 1;
            length -= length > 0 && unread[length - 1] == '\r' ? 1 : 0;
            if (length > 0)
            {
                return true;
            }

            body.Pass(passed);
            passed = scanned = 0;
        }
    }
}
