using System.Text;
using System.Text.Json;

namespace PerfAssert.Load;

/// <summary>An object a line with a member <c>timestamp</c>; other members are passed over.</summary>
internal sealed class JsonLinesTrace : ITraceFormat
{
    private byte[] buffer = new byte[4096];

    public bool AreOffsets => false;

    public string Expected => """an object with a timestamp on each line, such as { "timestamp": 1500 }""";

    public (decimal Nanoseconds, int Column)? Read(string line)
    {
        var most = Encoding.UTF8.GetMaxByteCount(line.Length);
        buffer = buffer.Length < most ? new byte[most] : buffer;
        var bytes = buffer.AsSpan(0, Encoding.UTF8.GetBytes(line, buffer));
        try
        {
            return Find(bytes);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var at = bytes[..(int)Math.Min((exception as JsonException)?.BytePositionInLine ?? 0, bytes.Length)];
            throw new TraceLineException(Column(at), $"found no JSON object, expected {Expected}");
        }
    }

    private (decimal Nanoseconds, int Column) Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new TraceLineException(1, $"found no JSON object, expected {Expected}");
        }

        (decimal Nanoseconds, int Column)? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals("timestamp"u8);
            reader.Read();
            if (isIt && found is null)
            {
                found = Timestamp(ref reader, Column(json[..(int)reader.TokenStartIndex]));
            }

            reader.Skip();
        }

        // A second object on the line would be an arrival that is lost.
        reader.Read();
        return found ?? throw new TraceLineException(1, $"found no timestamp, expected {Expected}");
    }

    private static (decimal Nanoseconds, int Column) Timestamp(ref Utf8JsonReader reader, int column) => reader.TokenType switch
    {
        JsonTokenType.Number => (TraceTimestamp.Read(Encoding.UTF8.GetString(reader.ValueSpan), column), column),
        JsonTokenType.String => (TraceTimestamp.Read(reader.GetString(), column), column),
        _ => throw new TraceLineException(column, $"found a timestamp that is neither a number nor a text, expected {TraceTimestamp.Expected}"),
    };

    private static int Column(ReadOnlySpan<byte> before) => Encoding.UTF8.GetCharCount(before) + 1;
}
