namespace PerfAssert.Reports;

/// <summary>Rows whose columns line up. A cell too wide for its column stands on a line of its own, before the rest of its row.</summary>
internal sealed class TextTable(int indent, int widest, bool rightAligned)
{
    private const int Gap = 2;

    private readonly List<(string[] Cells, IReadOnlyList<string> Details)> rows = [];

    /// <summary>Adds a row and the lines that explain it.</summary>
    public void Add(IEnumerable<string> cells, IReadOnlyList<string>? details = null) =>
        rows.Add(([.. cells.Select(TextPage.Clean)], details ?? []));

    /// <summary>Puts the table on a page. The second column is the one that may be too wide.</summary>
    public void WriteTo(TextPage page)
    {
        var columns = rows.Max(row => row.Cells.Length);
        var widths = Enumerable.Range(0, columns)
            .Select(column => rows.Max(row => column < row.Cells.Length && row.Cells[column].Length <= widest ? row.Cells[column].Length : 0))
            .ToArray();
        foreach (var (cells, details) in rows)
        {
            if (cells[1].Length > widest)
            {
                page.Line(cells[0].PadRight(widths[0]) + new string(' ', Gap) + cells[1], indent, hanging: widths[0] + Gap);
                page.Row(Join(["", "", .. cells[2..]], widths));
            }
            else
            {
                page.Row(Join(cells, widths));
            }

            foreach (var detail in details)
            {
                page.Line(detail, indent + widths[0] + Gap + 2);
            }
        }
    }

    private string Join(string[] cells, int[] widths) =>
        new string(' ', indent) + string.Join(
            new string(' ', Gap),
            cells.Select((cell, column) => rightAligned && column > 0 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])));
}
