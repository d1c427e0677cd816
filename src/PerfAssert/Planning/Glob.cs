namespace PerfAssert.Planning;

/// <summary>Patterns of names: <c>*</c> is any run of characters, <c>?</c> is exactly one.</summary>
internal static class Glob
{
    /// <summary>Whether the pattern covers the whole name.</summary>
    public static bool IsMatch(string pattern, string name, bool ignoreCase = false)
    {
        var (p, n) = (0, 0);
        var (star, resumeAt) = (-1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resumeAt) = (p++, n);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || AreEqual(pattern[p], name[n], ignoreCase)))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                (p, n) = (star + 1, ++resumeAt);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static bool AreEqual(char left, char right, bool ignoreCase) =>
        left == right || (ignoreCase && char.ToUpperInvariant(left) == char.ToUpperInvariant(right));
}
