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

    // With the preamble: otherwise a byte order mark turns the errors off.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private const int MostShown = 40;

    // Of 2001, in the nanoseconds that as many milliseconds are.
    private const decimal EpochSeconds = 1e15m;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="TraceFileException">It cannot be read, is empty, or something in it is wrong.</exception>
    public static ArrivalTrace Read(string path, string name)
    {
        try
        {
            using var lines = new StreamReader(path, Utf8);
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
            ".JSON" or ".TSV" => throw new TraceFileException(
                $"{name} ends with '{extension}', expected .jsonl (an object a line), .csv, or .txt with an offset in seconds on each line"),
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
                first ??= format.AreOffsets ? 0 : First(found.Nanoseconds, line, found.Column);
                Add(trace, decimal.Round(found.Nanoseconds - first.Value), line, found.Column, format.AreOffsets);
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

    // Taken for milliseconds, a trace in seconds since 1970 would be replayed a thousand times as fast, and look like one of its days.
    private static decimal First(decimal nanoseconds, string line, int column) => nanoseconds is >= EpochSeconds and < 10 * EpochSeconds
        ? throw new TraceLineException(column, $"found {Shown(line, column)}, which looks like seconds since 1970, expected {TraceTimestamp.Expected}; milliseconds count from the first one, so take that off")
        : nanoseconds;

    private static void Add(ArrivalTrace trace, decimal offset, string line, int column, bool areOffsets)
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
            throw new TraceLineException(column, areOffsets
                ? $"{found}, which is more than 1000 h after the start, expected seconds from the start of the phase, and fewer"
                : $"{found}, which is more than 1000 h after the start, expected less: cut the trace");
        }

        trace.Add((long)offset);
    }

    /// <summary>What was found, as long as people read it.</summary>
    public static string Shown(ReadOnlySpan<char> text) => text.Length <= MostShown ? text.ToString() : string.Concat(text[..MostShown], "…");

    private static string Shown(string line, int column)
    {
        var text = line.AsSpan(column - 1);
        var end = text.IndexOfAny(", }");
        return Shown(end > 0 ? text[..end] : text);
    }
}
