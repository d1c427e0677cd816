using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace SentimentServer.Model;

/// <summary>
/// Takes accents off, as BERT's own tokenizer does for this vocabulary: canonical decomposition, less its non-spacing marks. A table, because
/// .NET decomposes nothing without ICU, which a small image does not have.
/// </summary>
internal static class Accents
{
    private const int FirstHangul = 0xAC00;
    private const int LastHangul = 0xD7A3;
    private const int Vowels = 21;
    private const int Finals = 28;

    // Lines of Model/unaccented.txt: what is left, a blank, and the characters it is left of.
    private static readonly FrozenDictionary<char, string> s_unaccented = Read();

    public static string Remove(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is >= (char)FirstHangul and <= (char)LastHangul)
            {
                Syllable(c - FirstHangul, plain);
            }
            else if (s_unaccented.TryGetValue(c, out var left))
            {
                plain.Append(left);
            }
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    // A Hangul syllable is two or three letters, by arithmetic: the Unicode standard, section 3.12.
    private static void Syllable(int index, StringBuilder plain)
    {
        plain.Append((char)(0x1100 + (index / (Vowels * Finals)))).Append((char)(0x1161 + (index / Finals % Vowels)));
        if (index % Finals is > 0 and var last)
        {
            plain.Append((char)(0x11A7 + last));
        }
    }

    private static FrozenDictionary<char, string> Read()
    {
        using var lines = new StreamReader(typeof(Accents).Assembly.GetManifestResourceStream("unaccented.txt")!, Encoding.UTF8);
        var unaccented = new Dictionary<char, string>();
        while (lines.ReadLine() is { } line)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (var c in line.AsSpan(blank + 1))
            {
                unaccented.Add(c, line[..blank]);
            }
        }

        return unaccented.ToFrozenDictionary();
    }
}
