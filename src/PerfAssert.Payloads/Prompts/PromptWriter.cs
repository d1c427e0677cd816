using PerfAssert.Payloads.Seeds;

namespace PerfAssert.Payloads.Prompts;

/// <summary>
/// Writes texts of an exact number of tokens out of common words. What a word adds is asked of the tokenizer once; a whole text is encoded
/// again, and mended word by word where its words did not add up.
/// </summary>
internal sealed class PromptWriter
{
    private const string Before = "the";
    private const int MostMends = 64;

    private readonly TokenCounter counter;
    private readonly (string Word, int Tokens)[] words;
    private readonly string[] singles;
    private readonly int overhead;

    public PromptWriter(TokenCounter counter)
    {
        this.counter = counter;
        overhead = counter.Count(string.Empty);
        var one = counter.Count(Before);
        words = [.. CommonWords.All.Select(word => (word, counter.Count($"{Before} {word}") - one)).Where(found => found.Item2 > 0)];
        singles = [.. words.Where(found => found.Tokens == 1).Select(found => found.Word)];
        if (words.Length == 0)
        {
            throw new ArgumentException($"{counter.Name} counts no token in common English words: prompts cannot be written for it.");
        }
    }

    /// <summary>A text of as many tokens, or the nearest that was found.</summary>
    public (string Text, int Tokens) Write(int wanted, SeededRandom random)
    {
        var text = Draw(wanted - overhead, random);
        var nearest = (Text: Join(text), Tokens: 0);
        nearest.Tokens = counter.Count(nearest.Text);
        var tokens = nearest.Tokens;
        for (var mend = 0; mend < MostMends && tokens != wanted; mend++)
        {
            Mend(text, wanted - tokens, random);
            var joined = Join(text);
            tokens = counter.Count(joined);
            nearest = Math.Abs(tokens - wanted) < Math.Abs(nearest.Tokens - wanted) ? (joined, tokens) : nearest;
        }

        return nearest;
    }

    private static string Join(List<string> text) => string.Join(' ', text);

    private List<string> Draw(int wanted, SeededRandom random)
    {
        var text = new List<string>();
        for (var left = wanted; left > 0;)
        {
            var (word, tokens) = words[random.Below(words.Length)];
            if (tokens > left && singles.Length > 0)
            {
                (word, tokens) = (singles[random.Below(singles.Length)], 1);
            }

            text.Add(word);
            left -= tokens;
        }

        return text;
    }

    private void Mend(List<string> text, int missing, SeededRandom random)
    {
        if (missing > 0)
        {
            for (var i = 0; i < missing; i++)
            {
                text.Add(singles.Length > 0 ? singles[random.Below(singles.Length)] : words[random.Below(words.Length)].Word);
            }
        }
        else if (text.Count > 0)
        {
            // As many words as tokens are too many, or one and another for it: a word may hold more than one.
            text.RemoveRange(Math.Max(0, text.Count + missing), Math.Min(text.Count, -missing));
        }
    }
}
