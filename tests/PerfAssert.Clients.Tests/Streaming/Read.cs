using System.Text;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Streaming;
using PerfAssert.Clients.Tests.Support;

namespace PerfAssert.Clients.Tests.Streaming;

/// <summary>Reads pieces of a body with the readers under test.</summary>
internal static class Read
{
    public static async Task<(List<string> Events, string Left)> Events(params byte[][] pieces)
    {
        using var transport = new HttpTransport(new Uri("http://127.0.0.1:1"), null);
        using var exchange = new Exchange(transport, null, CancellationToken.None);
        using var body = new BodyReader(new PiecewiseStream(pieces), exchange);
        var reader = new SseReader(body);
        var events = new List<string>();
        while (await reader.ReadAsync())
        {
            events.Add(Encoding.UTF8.GetString(reader.Data));
        }

        return (events, Encoding.UTF8.GetString(reader.Rest));
    }

    public static async Task<(List<string> Lines, bool EndedByStream)> Lines(params byte[][] pieces)
    {
        using var transport = new HttpTransport(new Uri("http://127.0.0.1:1"), null);
        using var exchange = new Exchange(transport, null, CancellationToken.None);
        using var body = new BodyReader(new PiecewiseStream(pieces), exchange);
        var reader = new LineReader(body);
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(Encoding.UTF8.GetString(reader.Line));
        }

        return (lines, reader.EndedByStream);
    }

    /// <summary>Every way to cut bytes in two, and one with every byte alone.</summary>
    public static IEnumerable<byte[][]> Splits(byte[] bytes) =>
        Enumerable.Range(0, bytes.Length + 1).Select(at => new[] { bytes[..at], bytes[at..] })
            .Append([.. bytes.Select(single => new[] { single })]);
}
