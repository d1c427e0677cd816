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

    // By the beginning of the message as it is: no secret leaves here by it.
    private readonly ConcurrentDictionary<(string Kind, string Message), Group> groups = new();
    private int known;

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
        var key = (kind, line.Length > MessageLength ? line[..MessageLength] : line);
        if (!groups.TryGetValue(key, out var group))
        {
            // Counted here: asking the dictionary takes all of its locks.
            group = Volatile.Read(ref known) < MostGroups ? Known(key, line) : Known((Other, Beyond), Beyond);
        }

        Interlocked.Increment(ref group.Count);

        Group Known((string Kind, string Message) by, string text)
        {
            if (groups.TryGetValue(by, out var there))
            {
                return there;
            }

            var added = new Group(text, at, example?.Invoke() ?? message);
            there = groups.GetOrAdd(by, added);
            if (there == added)
            {
                Interlocked.Increment(ref known);
            }

            return there;
        }
    }

    public ImmutableArray<ErrorGroup> ToGroups() =>
    [
        .. groups
            .GroupBy(pair => (pair.Key.Kind, Message: Shown(pair.Value.Line)), pair => pair.Value)
            .Select(same => (same.Key, Count: same.Sum(group => group.Count), First: same.MinBy(group => group.FirstAt)!))
            .Select(same => new ErrorGroup(same.Key.Kind, same.Key.Message, same.Count, same.First.FirstAt, same.First.Example))
            .OrderByDescending(group => group.Count)
            .ThenBy(group => group.Kind, StringComparer.Ordinal)
            .ThenBy(group => group.Message, StringComparer.Ordinal),
    ];

    // Here and not where failures are counted: it takes longer than many a request.
    private static string Shown(string line) => line.Length > MessageLength ? SecretScrubber.ScrubAndCut(line, MessageLength) : line;

    private sealed class Group(string line, TimeSpan firstAt, string example)
    {
        public long Count;

        public string Line => line;

        public TimeSpan FirstAt => firstAt;

        public string Example => example;
    }
}
