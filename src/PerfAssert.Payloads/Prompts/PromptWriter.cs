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
    private readonly SortedDictionary<int, (string Word, int Tokens)[]> byTokens;
    private readonly List<bool> sums = [true];
    private readonly int overhead;

    public PromptWriter(TokenCounter counter)
    {
        this.counter = counter;
        overhead = counter.Count(string.Empty);
        var one = counter.Count(Before);
        words = [.. CommonWords.All.Select(word => (word, counter.Count($"{Before} {word}") - one)).Where(found => found.Item2 > 0)];
        byTokens = new(words.GroupBy(word => word.Tokens).ToDictionary(group => group.Key, group => group.ToArray()));
        if (words.Length == 0)
        {
            throw new ArgumentException($"{counter.Name} counts no token in common English words: prompts cannot be written for it.");
        }
    }

    /// <summary>A text of as many tokens, or the nearest that was found.</summary>
    public (string Text, int Tokens) Write(int wanted, SeededRandom random)
    {
        var text = new List<(string Word, int Tokens)>();
        var (tokens, nearest) = (overhead, (Text: string.Empty, Tokens: overhead));
        for (var mend = 0; mend <= MostMends && tokens != wanted; mend++)
        {
            Mend(text, wanted - tokens, random);
            var joined = string.Join(' ', text.Select(word => word.Word));
            tokens = counter.Count(joined);
            nearest = Math.Abs(tokens - wanted) <= Math.Abs(nearest.Tokens - wanted) ? (joined, tokens) : nearest;
        }

        return nearest;
    }

    // Takes words off the end until others can make up for what is missing then, and adds those.
    private void Mend(List<(string Word, int Tokens)> text, int missing, SeededRandom random)
    {
        while (text.Count > 0 && !IsSum(missing))
        {
            missing += text[^1].Tokens;
            text.RemoveAt(text.Count - 1);
        }

        for (var left = NearestSum(missing); left > 0; left -= text[^1].Tokens)
        {
            var word = words[random.Below(words.Length)];
            if (!IsSum(left - word.Tokens))
            {
                var fitting = byTokens.First(group => IsSum(left - group.Key)).Value;
                word = fitting[random.Below(fitting.Length)];
            }

            text.Add(word);
        }
    }

    // Whether the tokens of words, each taken as often as needed, can add up to so many.
    private bool IsSum(int tokens)
    {
        while (sums.Count <= tokens)
        {
            sums.Add(byTokens.Keys.Any(size => size <= sums.Count && sums[sums.Count - size]));
        }

        return tokens >= 0 && sums[tokens];
    }

    private int NearestSum(int tokens)
    {
        for (var off = 0; ; off++)
        {
            if (IsSum(tokens + off))
            {
                return tokens + off;
            }

            if (IsSum(tokens - off))
            {
                return tokens - off;
            }
        }
    }
}
