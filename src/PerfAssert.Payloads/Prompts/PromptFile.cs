using System.Globalization;
using System.Text;

namespace PerfAssert.Payloads.Prompts;

/// <summary>Reads prompts from files.</summary>
internal static class PromptFile
{
    // With the preamble: otherwise a byte order mark turns the errors off.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public static string[] ReadJsonLines(string path, string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        return Read(path, text => JsonLinesPrompts.Read(text, field, path));
    }

    public static string[] ReadCsv(string path, string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        return Read(path, text => CsvPrompts.Read(text, column, path));
    }

    public static InvalidDataException Wrong(string path, int line, int column, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}:{column}: {problem}"));

    private static string[] Read(string path, Func<StreamReader, List<string>> read)
    {
        try
        {
            using var text = new StreamReader(Find(path), Utf8);
            return read(text) is { Count: > 0 } prompts ? [.. prompts] : throw new InvalidDataException($"{path} has no prompt, expected at least one.");
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"{path} is not UTF-8 text: {exception.Message} Save it as UTF-8.", exception);
        }
    }

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
}
