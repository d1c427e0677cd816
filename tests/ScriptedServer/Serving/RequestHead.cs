using System.Buffers.Text;
using System.Text;

namespace Scripted.Serving;

/// <summary>Request line and headers, as far as they matter here.</summary>
/// <param name="Length">Bytes of it, the empty line included.</param>
/// <param name="BodyLength">Bytes that follow.</param>
/// <param name="Persistence">What becomes of the connection.</param>
/// <param name="Control">What it asks of the server itself.</param>
internal readonly record struct RequestHead(int Length, long BodyLength, Persistence Persistence, ControlRequest Control)
{
    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Reads a head from the start of what was received.</summary>
    /// <returns>Whether it is complete.</returns>
    /// <exception cref="FormatException">It is no HTTP/1 request, or its body has no Content-Length.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RequestHead head)
    {
        head = default;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var lines = bytes[..(end + LineEnd.Length)];
        var line = TakeLine(ref lines);
        var isOld = line.EndsWith(" HTTP/1.0"u8);
        if (!isOld && !line.EndsWith(" HTTP/1.1"u8))
        {
            throw new FormatException("no HTTP/1 request line");
        }

        var control = ReadControl(line);
        var bodyLength = 0L;
        var persistence = isOld ? Persistence.Close : Persistence.Open;
        while (lines.Length > 0)
        {
            line = TakeLine(ref lines);

            // Every header that matters starts with one of two letters.
            if (line.Length == 0 || (line[0] | 0x20) is not ((byte)'c' or (byte)'t'))
            {
                continue;
            }

            if (TryValue(line, "Content-Length:"u8, out var value))
            {
                if (!Utf8Parser.TryParse(value, out bodyLength, out var used) || used != value.Length || bodyLength < 0)
                {
                    throw new FormatException("Content-Length is no number");
                }
            }
            else if (TryValue(line, "Connection:"u8, out value))
            {
                persistence = Ascii.EqualsIgnoreCase(value, "close"u8) ? Persistence.Close
                    : isOld && Ascii.EqualsIgnoreCase(value, "keep-alive"u8) ? Persistence.OpenOnRequest
                    : persistence;
            }
            else if (TryValue(line, "Transfer-Encoding:"u8, out _))
            {
                throw new FormatException("a body needs a Content-Length here");
            }
        }

        head = new RequestHead(end + 4, bodyLength, persistence, control);
        return true;
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> lines)
    {
        var length = lines.IndexOf(LineEnd);
        var line = lines[..length];
        lines = lines[(length + LineEnd.Length)..];
        return line;
    }

    private static bool TryValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (line.Length < name.Length || !Ascii.EqualsIgnoreCase(line[..name.Length], name))
        {
            return false;
        }

        value = line[name.Length..].Trim(" \t"u8);
        return true;
    }

    private static ControlRequest ReadControl(ReadOnlySpan<byte> requestLine)
    {
        if (requestLine.IndexOf(" /control/"u8) < 0)
        {
            return ControlRequest.None;
        }

        return requestLine switch
        {
            _ when requestLine.StartsWith("GET /control/log "u8) => ControlRequest.Log,
            _ when requestLine.StartsWith("POST /control/reset "u8) => ControlRequest.Reset,
            _ when requestLine.StartsWith("GET /control/stats "u8) => ControlRequest.Statistics,
            _ => ControlRequest.Unknown,
        };
    }
}
