using System.Collections.Concurrent;

namespace PerfAssert.Clients.Http;

/// <summary>
/// The names that a server gives to its timings. A run holds 50 names, and a server that makes up new ones would take those of the test itself.
/// </summary>
internal sealed class TimingNames
{
    private const int Most = 20;

    private readonly ConcurrentDictionary<string, bool> names = new(StringComparer.Ordinal);

    /// <summary>Whether a timing of that name is recorded: the first ones are, others are not.</summary>
    public bool Take(string name)
    {
        if (names.ContainsKey(name))
        {
            return true;
        }

        if (names.Count >= Most)
        {
            return false;
        }

        lock (names)
        {
            return names.ContainsKey(name) || (names.Count < Most && names.TryAdd(name, true));
        }
    }
}
