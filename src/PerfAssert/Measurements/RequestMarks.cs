namespace PerfAssert.Measurements;

/// <summary>What a test method said about one request. Cleared and used again with its <see cref="PerfRequest"/>.</summary>
internal sealed class RequestMarks
{
    private const long NoToken = long.MinValue;

    private readonly List<(long Timestamp, int Tokens)> chunks = [];
    private readonly List<(string Name, TimeSpan Duration)> records = [];
    private long firstToken = NoToken;
    private readonly Lock waiting = new();
    private long lastWaitEnd = long.MinValue;

    public long InputTokens { get; set; }

    public long OutputTokens { get; set; }

    /// <summary>Whether the marks are chunks of an answer whose tokens the server did not count.</summary>
    public bool Uncounted { get; set; }

    public long BytesSent { get; set; }

    public long BytesReceived { get; set; }

    /// <summary>Nanoseconds in which the request waited for a connection of its own HTTP client, with one call or several.</summary>
    public long ConnectionWait { get; private set; }

    public string? FailReason { get; set; }

    /// <summary>
    /// When the first token was marked; <see langword="null"/>: not yet. Unlike <see cref="Chunks"/> it may be read while the method runs.
    /// </summary>
    public long? FirstToken => Volatile.Read(ref firstToken) is var at && at == NoToken ? null : at;

    /// <summary>Content chunks in the order received.</summary>
    public IReadOnlyList<(long Timestamp, int Tokens)> Chunks => chunks;

    /// <summary>The test's own durations.</summary>
    public IReadOnlyList<(string Name, TimeSpan Duration)> Records => records;

    public void AddTokens(long timestamp, int tokens)
    {
        if (chunks.Count == 0)
        {
            Volatile.Write(ref firstToken, timestamp);
        }

        chunks.Add((timestamp, tokens));
    }

    /// <summary>Adds a wait that has just ended. Calls of one request may wait at the same time: that time counts once.</summary>
    public void AddConnectionWait(long end, long nanoseconds)
    {
        lock (waiting)
        {
            ConnectionWait += Math.Max(0, end - Math.Max(end - nanoseconds, lastWaitEnd));
            lastWaitEnd = Math.Max(lastWaitEnd, end);
        }
    }

    public void AddRecord(string name, TimeSpan duration) => records.Add((name, duration));

    public void Clear()
    {
        chunks.Clear();
        records.Clear();
        InputTokens = OutputTokens = BytesSent = BytesReceived = ConnectionWait = 0;
        Uncounted = false;
        firstToken = NoToken;
        FailReason = null;
        lastWaitEnd = long.MinValue;
    }
}
