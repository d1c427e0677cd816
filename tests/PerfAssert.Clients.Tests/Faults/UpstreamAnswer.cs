using System.Globalization;
using System.Net.Sockets;
using System.Text;
using PerfAssert.Clients.Tests.Support;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>What a server answered: the bytes as they came, and its body without the frames of chunked encoding.</summary>
internal sealed record UpstreamAnswer(byte[] Raw, string Head, byte[] Body)
{
    /// <summary>Where the body starts in <see cref="Raw"/>.</summary>
    public int BodyStart => Head.Length + 4;

    /// <summary>Asks a server on a connection of its own and reads the whole answer.</summary>
    public static async Task<UpstreamAnswer> AskAsync(Uri server, RawRequest request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(request.Head + "\r\n\r\n"), .. request.Body], cancellationToken);

        var received = new List<byte>();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            if (TryRead([.. received]) is { } answer)
            {
                return answer;
            }

            var read = await stream.ReadAsync(buffer, cancellationToken);
            received.AddRange(read > 0 ? buffer[..read] : throw new IOException("The server closed the connection within an answer."));
        }
    }

    /// <summary>The same answer with another body, in one chunk, or in one for each byte.</summary>
    public byte[] With(byte[] body, bool byByte = false)
    {
        var head = Head.Split("\r\n").Where(line => !line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)
            && !line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase));
        var chunks = byByte ? body.Chunk(1) : [body];
        return
        [
            .. Encoding.ASCII.GetBytes(string.Join("\r\n", head) + "\r\nTransfer-Encoding: chunked\r\n\r\n"),
            .. chunks.SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, (byte)'\r', (byte)'\n']),
            .. "0\r\n\r\n"u8,
        ];
    }

    // Null: there is more to come.
    private static UpstreamAnswer? TryRead(byte[] raw)
    {
        var end = raw.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var head = Encoding.ASCII.GetString(raw, 0, end);
        var rest = raw.AsSpan(end + 4);
        if (new RawRequest(head, []).Header("Content-Length") is { } length)
        {
            return rest.Length >= int.Parse(length, CultureInfo.InvariantCulture) ? new UpstreamAnswer(raw, head, rest.ToArray()) : null;
        }

        var body = new List<byte>();
        while (rest.IndexOf("\r\n"u8) is >= 0 and var line)
        {
            var size = int.Parse(Encoding.ASCII.GetString(rest[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (rest.Length < line + 2 + size + 2)
            {
                return null;
            }

            body.AddRange(rest.Slice(line + 2, size));
            rest = rest[(line + 2 + size + 2)..];
            if (size == 0)
            {
                return new UpstreamAnswer(raw, head, [.. body]);
            }
        }

        return null;
    }
}
