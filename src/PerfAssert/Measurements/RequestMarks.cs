namespace PerfAssert.Measurements;

/// <summary>
/// What a test method said about one request. Cleared and used again with its <see cref="PerfRequest"/>. Calls of one request may speak at the same time;
/// what one says after its end is not heard, until the next request begins.
/// </summary>
internal sealed class RequestMarks
{
    private const long NoToken = long.MinValue;
    private const long NoByte = long.MinValue;

    private readonly Lock speaking = new();
    private bool closed;
    private long firstToken = NoToken;
    private long lastWaitEnd = long.MinValue;
    private long firstByte = NoByte;
    private long lastArrival = NoByte;
    private long lastRead = NoByte;

    /// <summary>Whether anything was said since they were cleared: most methods say nothing.</summary>
    public bool Any { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    /// <summary>Whether the marks are chunks of an answer whose tokens the server did not count.</summary>
    public bool Uncounted { get; private set; }

    public long BytesSent { get; private set; }

    public long BytesReceived { get; private set; }

    /// <summary>Nanoseconds in which the request waited for a connection of its own HTTP client, with one call or several.</summary>
    public long ConnectionWait { get; private set; }

    /// <summary>For how long what arrived last could have been read when it was; <see langword="null"/>: the client did not tell.</summary>
    /// <remarks>Read without the lock, for each token: a later read is never seen with an earlier arrival, as it is written last and read first.</remarks>
    public long? ReadLag => Volatile.Read(ref lastRead) is var read && read == NoByte ? null : Math.Max(0, read - Volatile.Read(ref lastArrival));

    /// <summary>When the first byte was sent; <see langword="null"/>: the client did not tell.</summary>
    public long? FirstByte => firstByte == NoByte ? null : firstByte;

    /// <summary>When the last byte arrived; <see langword="null"/>: the client did not tell.</summary>
    public long? LastByte => lastArrival == NoByte ? null : lastArrival;

    public string? FailReason { get; private set; }

    /// <summary>
    /// When the first token was marked; <see langword="null"/>: not yet. Unlike <see cref="Chunks"/> it may be read while the method runs.
    /// </summary>
    public long? FirstToken => Volatile.Read(ref firstToken) is var at && at == NoToken ? null : at;

    /// <summary>When the last token was marked; <see langword="null"/>: none was.</summary>
    public long? LastToken => Chunks.Count == 0 ? null : Chunks[^1].Timestamp;

    /// <summary>Content chunks in the order received.</summary>
    public List<(long Timestamp, int Tokens)> Chunks { get; } = [];

    /// <summary>The test's own durations.</summary>
    public List<(string Name, TimeSpan Duration)> Records { get; } = [];

    public void AddMarked(long timestamp, int tokens)
    {
        lock (speaking)
        {
            if (Hear())
            {
                if (Chunks.Count == 0)
                {
                    Volatile.Write(ref firstToken, timestamp);
                }

                // One that was read at once and marked late may come before one that was read late.
                Chunks.Add((Math.Max(timestamp, LastToken ?? timestamp), tokens));
            }
        }
    }

    public void AddTokens(long input, long output)
    {
        lock (speaking)
        {
            if (Hear())
            {
                InputTokens += input;
                OutputTokens += output;
            }
        }
    }

    public void AddBytes(long sent, long received)
    {
        lock (speaking)
        {
            if (Hear())
            {
                BytesSent += sent;
                BytesReceived += received;
            }
        }
    }

    public void NoTokenCount()
    {
        lock (speaking)
        {
            Uncounted |= Hear();
        }
    }

    public void Fail(string reason)
    {
        lock (speaking)
        {
            FailReason ??= Hear() ? reason : null;
        }
    }

    /// <summary>Adds a wait that has just ended. Those at the same time count once.</summary>
    public void AddConnectionWait(long end, long nanoseconds)
    {
        lock (speaking)
        {
            if (Hear())
            {
                ConnectionWait += Math.Max(0, end - Math.Max(end - nanoseconds, lastWaitEnd));
                lastWaitEnd = Math.Max(lastWaitEnd, end);
            }
        }
    }

    /// <summary>The first byte counts.</summary>
    public void AddSent(long now)
    {
        lock (speaking)
        {
            firstByte = Hear() && firstByte == NoByte ? now : firstByte;
        }
    }

    /// <summary>What arrived last counts, and when the last of it was read.</summary>
    public void AddReceived(long now, long lay)
    {
        lock (speaking)
        {
            if (Hear())
            {
                Volatile.Write(ref lastArrival, Math.Max(lastArrival, now - lay));
                Volatile.Write(ref lastRead, Math.Max(lastRead, now));
            }
        }
    }

    public void AddRecord(string name, TimeSpan duration)
    {
        lock (speaking)
        {
            if (Hear())
            {
                Records.Add((name, duration));
            }
        }
    }

    /// <summary>The request has ended: from now on nothing changes.</summary>
    public void Close()
    {
        lock (speaking)
        {
            closed = true;
        }
    }

    public void Clear()
    {
        lock (speaking)
        {
            closed = false;
            if (!Any)
            {
                return;
            }

            Chunks.Clear();
            Records.Clear();
            InputTokens = OutputTokens = BytesSent = BytesReceived = ConnectionWait = 0;
            Uncounted = false;
            firstToken = NoToken;
            FailReason = null;
            lastWaitEnd = long.MinValue;
            firstByte = lastArrival = lastRead = NoByte;
            Any = false;
        }
    }

    // Asked before something is noted, under the lock.
    private bool Hear()
    {
        Any |= !closed;
        return !closed;
    }
}
