using System.Globalization;

namespace PerfAssert.Load;

/// <summary>An offset in seconds a line; a line that starts with <c>#</c> is a comment.</summary>
internal sealed class SecondsTrace : ITraceFormat
{
    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent | NumberStyles.AllowTrailingWhite;

    public bool AreOffsets => true;

    public string Expected => "an offset in seconds on each line, such as 0.25";

    public (decimal Nanoseconds, int Column)? Read(string line)
    {
        var text = line.AsSpan().TrimStart();
        var column = line.Length - text.Length + 1;
        return text[0] == '#' ? null
            : decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 1e15m
                ? (seconds * 1_000_000_000, column)
                : throw new TraceLineException(column, $"found '{TraceFile.Shown(text)}', expected an offset in seconds such as 0.25");
    }
}
