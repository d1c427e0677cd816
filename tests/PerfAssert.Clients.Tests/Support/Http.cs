using System.Text;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>Answers as bytes.</summary>
internal static class Http
{
    public const string ChunkedStream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";

    public static byte[] Json(string body, string status = "200 OK", string headers = "") =>
        Answer(Encoding.UTF8.GetBytes(body), "application/json", status, headers);

    public static byte[] Answer(byte[] body, string contentType, string status = "200 OK", string headers = "") =>
    [
        .. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n{headers}\r\n"),
        .. body,
    ];

    /// <summary>A stream in one piece, with its length told beforehand.</summary>
    public static byte[] Sse(string body) => Answer(Encoding.UTF8.GetBytes(body), "text/event-stream");

    public static byte[] Ndjson(string body) => Answer(Encoding.UTF8.GetBytes(body), "application/x-ndjson");

    /// <summary>A stream as servers send it: an HTTP chunk for each event.</summary>
    public static byte[] ChunkedSse(string body) => Encoding.UTF8.GetBytes(
        ChunkedStream + string.Concat(Events(body).Select(Chunk)) + "0\r\n\r\n");

    public static string Chunk(string text) => $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n";

    private static IEnumerable<string> Events(string body)
    {
        for (var start = 0; start < body.Length;)
        {
            var end = body.IndexOf("\n\n", start, StringComparison.Ordinal);
            end = end < 0 ? body.Length : end + 2;
            yield return body[start..end];
            start = end;
        }
    }
}
