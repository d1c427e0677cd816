using System.Globalization;
using System.Text;
using System.Text.Json;
using nietras.SeparatedValues;

namespace PerfAssert.Payloads.Prompts;

/// <summary>Reads prompts from files.</summary>
internal static class PromptFile
{
    public static string[] ReadJsonLines(string path, string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        var found = Find(path);
        var prompts = new List<string>();
        var number = 0;
        foreach (var line in File.ReadLines(found))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                prompts.Add(ReadField(line, field, path, number));
            }
        }

        return NotEmpty(prompts, path);
    }

    public static string[] ReadCsv(string path, string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        var prompts = new List<string>();
        try
        {
            using var reader = Sep.New(',').Reader(options => options with { Unescape = true }).FromFile(Find(path));
            if (!reader.Header.TryIndexOf(column, out var index))
            {
                throw Wrong(path, 1, 1, $"found no column '{column}', expected one of {string.Join(", ", reader.Header.ColNames)}");
            }

            foreach (var row in reader)
            {
                var prompt = row[index].ToString();
                prompts.Add(prompt.Length > 0
                    ? prompt
                    : throw new InvalidDataException(string.Create(
                        CultureInfo.InvariantCulture, $"{path}:{row.LineNumberFrom}: found nothing in column '{column}' (field {index + 1}), expected a prompt")));
            }
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            // A row with more or fewer fields than the header: the library names row and line.
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }

        return NotEmpty(prompts, path);
    }

    private static string ReadField(string line, string field, string path, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(field, out var value))
            {
                throw Wrong(path, number, 1, $"found no member '{field}', expected an object with it on each line");
            }

            return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                ? text
                : throw Wrong(path, number, 1, $"found a member '{field}' that is no text or an empty one, expected a prompt");
        }
        catch (JsonException exception)
        {
            var bytes = Encoding.UTF8.GetBytes(line).AsSpan(0, (int)Math.Min(exception.BytePositionInLine ?? 0, Encoding.UTF8.GetByteCount(line)));
            throw Wrong(path, number, Encoding.UTF8.GetCharCount(bytes) + 1, "found no JSON, expected an object on each line");
        }
    }

    private static string[] NotEmpty(List<string> prompts, string path) =>
        prompts.Count > 0 ? [.. prompts] : throw new InvalidDataException($"{path} has no prompt, expected at least one.");

    private static string Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.GetFullPath(path, folder) is var full && File.Exists(full))
            {
                return full;
            }
        }

        throw new FileNotFoundException($"'{path}' was not found, expected it in {AppContext.BaseDirectory} or a folder above it.", path);
    }

    private static InvalidDataException Wrong(string path, int line, int column, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}:{column}: {problem}"));
}
