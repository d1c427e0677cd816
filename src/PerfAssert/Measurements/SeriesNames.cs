using System.Collections.Concurrent;

namespace PerfAssert.Measurements;

/// <summary>The names of the series that the tests of a run record of their own. Bounded, because each takes a histogram in every lane.</summary>
internal sealed class SeriesNames
{
    /// <summary>Names at most.</summary>
    public const int Most = 50;

    private readonly ConcurrentDictionary<string, bool> names = new(StringComparer.Ordinal);

    /// <summary>Takes a name, if it is legal and there is room for it.</summary>
    /// <exception cref="ArgumentException">It is not legal, or one too many.</exception>
    public void Add(string name)
    {
        if (name is not null && names.ContainsKey(name))
        {
            return;
        }

        if (!SeriesName.IsLegal(name))
        {
            throw new ArgumentException(SeriesName.Problem(name), nameof(name));
        }

        lock (names)
        {
            if (names.Count >= Most && !names.ContainsKey(name!))
            {
                // The same text for every name that is refused: errors are counted by their text.
                throw new ArgumentException(
                    $"More than {Most} names of recorded durations in one run ({string.Join(", ", names.Keys.Order(StringComparer.Ordinal).Take(3))}, ...). " +
                    "A name stands for a step that requests have in common, not for a request or a user: use few names, and leave out of them what varies.");
            }

            names.TryAdd(name!, true);
        }
    }
}
