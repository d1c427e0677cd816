using System.Globalization;
using System.Text.RegularExpressions;

namespace SentimentServer.Training;

/// <summary>Reads a word list that has a pair a line, <c>word: -2,</c>, as a JavaScript object or as JSON.</summary>
internal static partial class WordList
{
    public static SignedWord[] Parse(string source)
    {
        SignedWord[] words =
        [
            .. Pair().Matches(source)
                .Select(pair => new SignedWord(
                    pair.Groups["word"].Value,
                    int.Parse(pair.Groups["valence"].ValueSpan, CultureInfo.InvariantCulture)))
                .Where(word => word.Valence != 0),
        ];
        return words.Length > 0 ? words : throw new InvalidDataException("The word list has no line of the form «word: -2,».");
    }

    [GeneratedRegex(
        """^\s*(?<quote>['"]?)(?<word>[^\r\n:]+?)\k<quote>\s*:\s*(?<valence>-?\d)\s*,?\s*$""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Pair();
}
