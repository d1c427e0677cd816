using System.Text;
using System.Text.Json;

namespace PerfAssert.Payloads.Prompts;

/// <summary>An object a line, with a member that holds the prompt; blank lines are passed over.</summary>
internal static class JsonLinesPrompts
{
    public static List<string> Read(TextReader text, string field, string path)
    {
        var prompts = new List<string>();
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                prompts.Add(ReadField(line, field, path, number));
            }
        }

        return prompts;
    }

    private static string ReadField(string line, string field, string path, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty(field, out var value))
            {
                throw PromptFile.Wrong(path, number, 1, $"found no member '{field}', expected an object with it on each line");
            }

            return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                ? text
                : throw PromptFile.Wrong(path, number, 1, $"found a member '{field}' that is no text or an empty one, expected a prompt");
        }
        catch (JsonException exception)
        {
            var bytes = Encoding.UTF8.GetBytes(line).AsSpan(0, (int)Math.Min(exception.BytePositionInLine ?? 0, Encoding.UTF8.GetByteCount(line)));
            throw PromptFile.Wrong(path, number, Encoding.UTF8.GetCharCount(bytes) + 1, "found no JSON, expected an object on each line");
        }
        catch (InvalidOperationException)
        {
            // The only one for a text: an escape such as \ud83d without its other half.
            throw PromptFile.Wrong(path, number, 1, @"found half of a surrogate pair, expected both, \ud83d\ude00 for instance");
        }
    }
}
