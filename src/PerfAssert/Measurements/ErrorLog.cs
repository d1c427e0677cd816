using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Sockets;

namespace PerfAssert.Measurements;

/// <summary>Counts failures by type and message and keeps the first of each whole. Bounded: beyond 50 groups they are counted together.</summary>
internal sealed class ErrorLog
{
    /// <summary>Groups beside that of all others.</summary>
    public const int MostGroups = 50;

    /// <summary>The kind of all others.</summary>
    public const string Other = "Other";

    /// <summary>Their message.</summary>
    public const string Beyond = "more than 50 different errors";

    private const int MessageLength = 300;

    private readonly ConcurrentDictionary<(string Kind, string Message), Group> groups = new();

    public void Add(Exception exception, TimeSpan at)
    {
        var cause = exception is AggregateException { InnerExceptions: [var only] } ? only : exception;
        Add(cause.GetType().FullName ?? cause.GetType().Name, Readable(() => Message(cause)), at, () => Readable(cause.ToString));
    }

    private static string Message(Exception cause)
    {
        var inner = cause.InnerException is { } reason && !cause.Message.Contains(reason.Message, StringComparison.Ordinal)
            ? $" ({reason.GetType().Name}: {reason.Message})"
            : string.Empty;
        return cause.Message + inner + Hint(cause);
    }

    // The test's own exceptions may throw when they are asked for their text.
    private static string Readable(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (Exception exception)
        {
            return $"its text cannot be read: {exception.GetType().Name}";
        }
    }

    // The client's own doing, and its message does not say so.
    private static string Hint(Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.AddressNotAvailable }:
                    return " - usually no local port is free: keep connections open (share one HttpClient), or open fewer a second";
                case SocketException { SocketErrorCode: SocketError.TooManyOpenSockets }:
                    return " - this process has no free file descriptor left: raise its limit (ulimit -n), or use fewer connections";
            }
        }

        return string.Empty;
    }

    public void Add(string kind, string message, TimeSpan at, Func<string>? example = null)
    {
        var line = message.ReplaceLineEndings(" ");
        var key = (kind, line.Length > MessageLength ? SecretScrubber.ScrubAndCut(line, MessageLength) : line);
        if (groups.Count >= MostGroups && !groups.ContainsKey(key))
        {
            key = (Other, Beyond);
        }

        var group = groups.GetOrAdd(key, _ => new Group(at, example?.Invoke() ?? message));
        Interlocked.Increment(ref group.Count);
    }

    public ImmutableArray<ErrorGroup> ToGroups() =>
    [
        .. groups
            .Select(pair => new ErrorGroup(pair.Key.Kind, pair.Key.Message, pair.Value.Count, pair.Value.FirstAt, pair.Value.Example))
            .OrderByDescending(group => group.Count)
            .ThenBy(group => group.Kind, StringComparer.Ordinal)
            .ThenBy(group => group.Message, StringComparer.Ordinal),
    ];

    private sealed class Group(TimeSpan firstAt, string example)
    {
        public long Count;

        public TimeSpan FirstAt => firstAt;

        public string Example => example;
    }
}
