namespace PerfAssert.Load;

/// <summary>A header that names the columns, one of them <c>timestamp</c> in any case, and rows; fields are separated by commas and may be quoted.</summary>
internal sealed class CsvTrace : ITraceFormat
{
    private int? timestamp;

    public bool AreOffsets => false;

    public string Expected => "a header with a column timestamp, and rows below it";

    public (decimal Nanoseconds, int Column)? Read(string line)
    {
        // Also behind the timestamp: what is left open there goes on in the next line, which would be taken for an arrival.
        _ = Field(line, int.MaxValue);
        if (timestamp is not { } wanted)
        {
            timestamp = Find(line);
            return null;
        }

        var (start, end) = Field(line, wanted)
            ?? throw new TraceLineException(line.Length + 1, $"found {Count(line)} fields, expected a timestamp in field {wanted + 1}");
        return (TraceTimestamp.Read(Text(line, start, end), start + 1), start + 1);
    }

    private static int Find(string header)
    {
        for (var index = 0; Field(header, index) is var (start, end); index++)
        {
            if (Text(header, start, end).Equals("timestamp", StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        throw new TraceLineException(1, "found no column timestamp in the first line, expected a header that names it");
    }

    private static int Count(string line)
    {
        var count = 0;
        while (Field(line, count) is not null)
        {
            count++;
        }

        return count;
    }

    private static ReadOnlySpan<char> Text(string line, int start, int end) => line.AsSpan(start, end - start).Trim().Trim('"').Trim();

    // From and to, quotes included; null: the line has fewer fields.
    private static (int Start, int End)? Field(string line, int wanted)
    {
        var (start, isQuoted) = (0, false);
        for (var at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && line[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (at == line.Length || (line[at] == ',' && !isQuoted))
            {
                if (isQuoted)
                {
                    throw new TraceLineException(start + 1, "found a quote that is not closed on its line, expected '\"' behind the field");
                }

                if (wanted-- == 0)
                {
                    return (start, at);
                }

                start = at + 1;
            }
        }

        return null;
    }
}
