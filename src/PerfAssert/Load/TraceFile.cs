using System.Globalization;
using System.Text;

namespace PerfAssert.Load;

/// <summary>
/// Reads arrivals from a file, by its extension: <c>.jsonl</c> and <c>.ndjson</c> hold an object a line, <c>.csv</c> a header and rows, each with
/// a <c>timestamp</c>; any other holds an offset in seconds a line.
/// </summary>
internal static class TraceFile
{
    /// <summary>The latest arrival and the longest replay, in nanoseconds.</summary>
    public const long Longest = 1000L * 3600 * 1_000_000_000;

    private const int MostShown = 40;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="TraceFileException">It cannot be read, is empty, or something in it is wrong.</exception>
    public static ArrivalTrace Read(string path, string name)
    {
        try
        {
            using var lines = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(lines, name, Path.GetExtension(path));
        }
        catch (DecoderFallbackException exception)
        {
            throw new TraceFileException($"{name} is not UTF-8 text: {exception.Message} Save it as UTF-8.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TraceFileException($"{name} cannot be read: {exception.Message}");
        }
    }

    private static ArrivalTrace Read(StreamReader lines, string name, string extension)
    {
        ITraceFormat format = extension.ToUpperInvariant() switch
        {
            ".JSONL" or ".NDJSON" => new JsonLinesTrace(),
            ".CSV" => new CsvTrace(),
            _ => new SecondsTrace(),
        };
        var trace = new ArrivalTrace();
        decimal? first = null;
        var number = 0L;
        while (lines.ReadLine() is { } line)
        {
            number++;
            try
            {
                if (string.IsNullOrWhiteSpace(line) || format.Read(line) is not { } found)
                {
                    continue;
                }

                // Offsets count from the start of the phase; timestamps from the first of them.
                first ??= format.AreOffsets ? 0 : found.Nanoseconds;
                Add(trace, decimal.Round(found.Nanoseconds - first.Value), line, found.Column);
            }
            catch (TraceLineException problem)
            {
                throw new TraceFileException(string.Create(CultureInfo.InvariantCulture, $"{name}:{number}:{problem.Column}: {problem.Message}"));
            }
        }

        return trace.Count > 0
            ? trace
            : throw new TraceFileException($"{name} has no arrival, expected {format.Expected}");
    }

    private static void Add(ArrivalTrace trace, decimal offset, string line, int column)
    {
        var found = $"found {Shown(line, column)}";
        if (offset < trace.Last)
        {
            throw new TraceLineException(column, trace.Count == 0
                ? $"{found}, expected no arrival before the start"
                : $"{found}, which is before the arrival above it, expected ascending order: sort the file");
        }

        if (offset > Longest)
        {
            throw new TraceLineException(column, $"{found}, which is more than 1000 h after the start, expected less: cut the trace");
        }

        trace.Add((long)offset);
    }

    private static string Shown(string line, int column)
    {
        var text = line.AsSpan(column - 1);
        var end = text.IndexOfAny(", }");
        text = end > 0 ? text[..end] : text;
        return text.Length <= MostShown ? text.ToString() : string.Concat(text[..MostShown], "…");
    }
}
