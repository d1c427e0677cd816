namespace PerfAssert.Expressions;

/// <summary>"Did you mean": the nearest of the words that would have been right.</summary>
internal static class Suggestion
{
    private const int LongestWord = 40;

    /// <summary><c>; did you mean 'x'?</c>, or nothing when no candidate is near.</summary>
    public static string For(string word, IEnumerable<string> candidates)
    {
        var nearest = Nearest(word, candidates);
        return nearest is null ? "" : $"; did you mean '{nearest}'?";
    }

    /// <summary>The nearest candidate: one typing error away for a short word, two for a longer one; <see langword="null"/>: none.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is < 2 or > LongestWord)
        {
            return null;
        }

        return candidates
            .Where(candidate => candidate.Length <= LongestWord)
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(found => found.Distance <= (found.Candidate.Length <= 4 ? 1 : 2))
            .OrderBy(found => found.Distance)
            .Select(found => found.Candidate)
            .FirstOrDefault();
    }

    /// <summary><c>a, b or c</c>.</summary>
    public static string List(IReadOnlyList<string> words) => words.Count == 1
        ? words[0]
        : string.Join(", ", words.Take(words.Count - 1)) + " or " + words[words.Count - 1];

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Step(cost, left, right, i, j);
            }
        }

        return cost[left.Length, right.Length];
    }

    private static int Step(int[,] cost, string left, string right, int i, int j)
    {
        var replaced = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        var best = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
    }
}
