using System.Collections.Immutable;

namespace GateQuality.Histories;

/// <summary>One test over the builds of a program, and what people said about it.</summary>
/// <param name="Name">Of the file, without its ending.</param>
/// <param name="Kind">What people called the series; empty: nothing.</param>
/// <param name="Builds">In the order of time.</param>
/// <param name="Annotations">Of each person, the first builds of what they saw as a new level; empty: nobody looked.</param>
internal sealed record BuildHistory(string Name, string Kind, ImmutableArray<Build> Builds, ImmutableArray<ImmutableArray<int>> Annotations)
{
    private const int Margin = 5;
    private const int Side = 10;

    /// <summary>One value a build.</summary>
    public double[] Medians { get; } = [.. Builds.Select(build => build.Median)];

    /// <summary>Changes that at least half of the people saw, within 5 builds.</summary>
    public ImmutableArray<int> Changes { get; } = Agreed(Annotations);

    /// <summary>Whether nobody saw a change near a build: not in the 70 before it, whose level its baseline may still hold, nor in the 6 after it.</summary>
    public bool IsStationary(int build) => !Annotations.Any(one => one.Any(change => change >= build - 70 && change <= build + 6));

    /// <summary>The step at a change: the logarithm of the median of up to ten builds after it over that of those before.</summary>
    public double Step(int change)
    {
        var all = Changes.Append(0).Append(Builds.Length).ToList();
        var (from, to) = (all.Where(other => other < change).Max(), all.Where(other => other > change).Min());
        return Math.Log(Build.MedianOf(Medians[change..Math.Min(to, change + Side)]) / Build.MedianOf(Medians[Math.Max(from, change - Side)..change]));
    }

    private static ImmutableArray<int> Agreed(ImmutableArray<ImmutableArray<int>> annotations)
    {
        var agreed = new List<int>();
        foreach (var change in annotations.SelectMany(one => one).Order())
        {
            var people = annotations.Count(one => one.Any(other => Math.Abs(other - change) <= Margin));
            if (2 * people >= annotations.Length && (agreed.Count == 0 || change - agreed[^1] > Margin))
            {
                agreed.Add(change);
            }
        }

        return [.. agreed];
    }
}
