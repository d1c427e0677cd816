using System.Text.RegularExpressions;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>Faults of token streams, and what a client has to bear.</summary>
internal static partial class StreamFaults
{
    public const string LateHead = "no answer within 3 s";
    public const string Reset = "truncated answer: connection reset before its end";
    public const string Closed = "truncated answer: connection closed before its end";
    public const string NoHttp = "malformed answer: no HTTP";

    /// <summary>Faults that every server may have, whatever it says.</summary>
    public static IEnumerable<(Fault Fault, string? Message)> OfConnections =>
    [
        (Faults.ResetInTheBody, Reset),
        (Faults.CloseInTheBody, Closed),
        (Faults.HeadTooLate, LateHead),
        (Faults.TooManyRequests, "HTTP 429 Too Many Requests"),
        (Faults.GarbageForAHead, NoHttp),
        (Faults.NoChunkWhereOneBelongs, NoHttp),
        (Faults.ResetBeforeTheAnswer, "broken reused connection: reset before the answer"),
        (Faults.CloseBeforeTheAnswer, "broken reused connection: closed before the answer"),
        (Faults.EveryByteAlone, null),
    ];

    /// <summary>Faults of OpenAI's events.</summary>
    public static IEnumerable<(Fault Fault, string? Message)> OfOpenAI =>
    [
        (Faults.Body(text => text[..(text.LastIndexOf("data: {", StringComparison.Ordinal) + 20)]), "truncated answer: half an event at the end of the stream"),
        (Faults.Body(text => text.Replace("data: [DONE]\n\n", "", StringComparison.Ordinal)), "truncated answer: no [DONE] at the end of the stream"),
        (AfterTheFirstEvent("data: {\"error\":{\"message\":\"out of memory\",\"type\":\"server_error\"}}\n\n"), "error inside a successful answer: server_error"),
        (Faults.Body(text => CompletionTokens().Replace(text, "\"completion_tokens\":1")), "short output: fewer tokens than asked for"),
        (Faults.GarbageInTheBody, "malformed answer: no chat or text completion"),
    ];

    /// <summary>Other ways to write the same events.</summary>
    public static IEnumerable<(Fault Fault, string? Message)> Harmless =>
    [
        (Faults.Body(text => text.Replace("\n", "\r\n", StringComparison.Ordinal)), null),
        (Faults.Body(text => text.Replace("\n", "\r", StringComparison.Ordinal)), null),
        (Faults.Body(text => ": hello\n\n" + text.Replace("\n\n", "\n\n: ping\n\n", StringComparison.Ordinal)), null),
        (Faults.Body(text => text.Replace("data:", "event: message\nid: 7\nretry: 10\ndata:", StringComparison.Ordinal)), null),

        // One event on several lines: they are joined by a line feed, which is a blank between the members of an object.
        (Faults.Body(text => MemberStart().Replace(text, "${start}\ndata: ")), null),
    ];

    public static Fault AfterTheFirstEvent(string text, string end = "\n\n") =>
        Faults.Body(body => body.Insert(body.IndexOf(end, StringComparison.Ordinal) + end.Length, text));

    [GeneratedRegex("\"completion_tokens\":\\s*\\d+")]
    private static partial Regex CompletionTokens();

    [GeneratedRegex("(?<start>^data: ?\\{)", RegexOptions.Multiline)]
    private static partial Regex MemberStart();
}
