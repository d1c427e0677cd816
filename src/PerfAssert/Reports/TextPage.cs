using System.Globalization;
using System.Text;

namespace PerfAssert.Reports;

/// <summary>
/// Lines of plain text, none wider than a page. What a server put into its messages cannot break it: no control characters and
/// nothing that a test-result file in XML could not hold.
/// </summary>
internal sealed class TextPage
{
    public const int Width = 120;

    private readonly StringBuilder text = new();

    /// <summary>A paragraph: wrapped at blanks, its further lines indented by <paramref name="hanging"/> more.</summary>
    public void Line(string content, int indent = 0, int hanging = 2)
    {
        var rest = Clean(content).Trim();
        var margin = indent;
        do
        {
            var room = Width - margin;
            var length = rest.Length <= room ? rest.Length : BreakAt(rest, room);
            text.Append(' ', rest.Length == 0 ? 0 : margin).Append(rest.AsSpan(0, length).TrimEnd()).Append('\n');
            rest = rest[length..].TrimStart();
            margin = indent + hanging;
        }
        while (rest.Length > 0);
    }

    /// <summary>One line: what does not fit is cut, and an ellipsis says so.</summary>
    public void Cut(string content, int indent)
    {
        var line = Clean(content).Trim();
        var room = Width - indent;
        text.Append(' ', indent).Append(line.Length <= room ? line : line[..Whole(line, room - 1)] + "…").Append('\n');
    }

    /// <summary>A row of a table, which has its own margins.</summary>
    public void Row(string row) => text.Append(row.TrimEnd()).Append('\n');

    /// <summary>A blank line and the name of what follows.</summary>
    public void Heading(string name)
    {
        text.Append('\n');
        Line(name);
    }

    public override string ToString() => text.ToString();

    /// <summary>The content on one line, with control characters and broken ones made visible.</summary>
    public static string Clean(string content)
    {
        var clean = new StringBuilder(content.Length);
        foreach (var rune in content.EnumerateRunes())
        {
            if (rune.Value is '\r' or '\n' or '\t')
            {
                clean.Append(' ');
            }
            else if (Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
            else
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static int BreakAt(string line, int room)
    {
        var blank = line.LastIndexOf(' ', room);
        return blank > room / 2 ? blank : Whole(line, room);
    }

    // Never between the two halves of a character.
    private static int Whole(string line, int length) => char.IsHighSurrogate(line[length - 1]) ? length - 1 : length;
}
