using System.Buffers;

namespace PerfAssert.Clients.Http;

/// <summary>The bare words <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which some servers write among the numbers of their JSON.</summary>
internal static class NonFinite
{
    /// <summary>The same JSON with those words as texts.</summary>
    public static ReadOnlyMemory<byte> AsTexts(ReadOnlyMemory<byte> json)
    {
        var rest = json.Span;
        if (rest.IndexOf("NaN"u8) < 0 && rest.IndexOf("Infinity"u8) < 0)
        {
            return json;
        }

        var texts = new ArrayBufferWriter<byte>(rest.Length + 64);
        while (rest.Length > 0)
        {
            var word = Word(rest);
            if (word.Length > 0)
            {
                texts.Write("\""u8);
                texts.Write(word);
                texts.Write("\""u8);
                rest = rest[word.Length..];
            }
            else
            {
                var length = rest[0] == '"' ? Text(rest) : Others(rest);
                texts.Write(rest[..length]);
                rest = rest[length..];
            }
        }

        return texts.WrittenMemory;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> json) =>
        json.StartsWith("NaN"u8) ? "NaN"u8
        : json.StartsWith("Infinity"u8) ? "Infinity"u8
        : json.StartsWith("-Infinity"u8) ? "-Infinity"u8
        : default;

    // Length up to where a word or a text may begin.
    private static int Others(ReadOnlySpan<byte> json)
    {
        var next = json[1..].IndexOfAny("\"NI-"u8);
        return next < 0 ? json.Length : next + 1;
    }

    // Length of the text that the JSON begins with, its quotes included; all of it when it does not end.
    private static int Text(ReadOnlySpan<byte> json)
    {
        for (var at = 1; at < json.Length; at++)
        {
            if (json[at] == '"')
            {
                return at + 1;
            }

            at += json[at] == '\\' ? 1 : 0;
        }

        return json.Length;
    }
}
