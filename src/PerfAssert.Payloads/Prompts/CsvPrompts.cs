using nietras.SeparatedValues;

namespace PerfAssert.Payloads.Prompts;

/// <summary>A header that names the columns, and rows; fields are separated by commas and may be quoted, over several lines too. Blank lines are passed over.</summary>
internal static class CsvPrompts
{
    public static List<string> Read(TextReader text, string column, string path)
    {
        var prompts = new List<string>();
        var (count, index, next) = (0, 0, 1);
        try
        {
            // Of a wrong header or row the library names no file, and a wrong quote it takes: all three are checked here.
            using var reader = Sep.New(',').Reader(options => options with { HasHeader = false, DisableColCountCheck = true }).From(text);
            foreach (var row in reader)
            {
                next = row.LineNumberToExcl;
                if (row.ColCount == 1 && row.Span.IsWhiteSpace())
                {
                    continue;
                }

                CheckQuotes(row, path);
                if (count == 0)
                {
                    (count, index) = (row.ColCount, Find(row, column, path));
                    continue;
                }

                if (row.ColCount != count)
                {
                    throw Wrong(path, row, 0, $"found {row.ColCount} fields, expected {count} as in the header");
                }

                prompts.Add(Text(row[index].Span) is { Length: > 0 } prompt
                    ? prompt
                    : throw Wrong(path, row, index, $"found nothing in column '{column}' (field {index + 1}), expected a prompt"));
            }
        }
        catch (NotSupportedException)
        {
            throw PromptFile.Wrong(path, next, 1, "found a row of more than 16 million characters, expected a shorter one: is there a quote that is not closed?");
        }

        return prompts;
    }

    private static int Find(SepReader.Row header, string column, string path)
    {
        var names = new List<string>();
        for (var field = 0; field < header.ColCount; field++)
        {
            var name = Text(header[field].Span);
            names.Add(!names.Contains(name) ? name : throw Wrong(path, header, field, $"found a second column '{name}', expected each name once"));
        }

        return names.IndexOf(column) is >= 0 and var index
            ? index
            : throw Wrong(path, header, 0, $"found no column '{column}', expected one of {string.Join(", ", names)}");
    }

    private static void CheckQuotes(SepReader.Row row, string path)
    {
        for (var field = 0; field < row.ColCount; field++)
        {
            var text = row[field].Span;
            if (text is ['"', .. var inner, '"'] ? inner.Count('"') != 2 * inner.Count("\"\"") : text.Contains('"'))
            {
                var found = text[0] == '"' ? "a quote that is not closed at the end of its field" : "a quote in a field that does not begin with one";
                throw Wrong(path, row, field, $"found {found}, expected quotes around the whole field and \"\" for a quote in it");
            }
        }
    }

    private static string Text(ReadOnlySpan<char> field) =>
        field is ['"', .. var inner, '"'] ? inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : field.ToString();

    // Where a field begins, which may be some lines below the beginning of its row.
    private static InvalidDataException Wrong(string path, SepReader.Row row, int field, string problem)
    {
        var start = field;
        for (var before = 0; before < field; before++)
        {
            start += row[before].Span.Length;
        }

        // Without a header the library counts the first line twice.
        var line = row.RowIndex == 0 ? 1 : row.LineNumberFrom;
        var text = row.Span[..start];
        return PromptFile.Wrong(path, line + text.Count('\n'), start - text.LastIndexOf('\n'), problem);
    }
}
