using System.Collections.Immutable;

namespace PerfAssert.Baselines;

/// <summary>What a run can be held against.</summary>
/// <param name="Baseline">The test's baseline; <see langword="null"/>: it has none.</param>
/// <param name="Conditions">The conditions of the run that is to be judged.</param>
internal sealed record StoredRuns(Baseline? Baseline, ImmutableSortedDictionary<string, string> Conditions)
{
    /// <summary>How much unchanged code of this test differs here; <see langword="null"/>: it was not calibrated.</summary>
    public TestNoise? Noise { get; init; }

    /// <summary>The noise of a metric under the conditions at hand.</summary>
    public MetricNoise? NoiseOf(string metric) =>
        Noise is { } noise && Baselines.Conditions.AreEqual(noise.Conditions, Conditions) ? noise.Metrics.GetValueOrDefault(metric) : null;

    /// <summary>The stored runs that were made under the same conditions.</summary>
    public ImmutableArray<BaselineRun> Comparable { get; } = Baseline is null ? [] : Alike(Baseline.Runs, Conditions);

    /// <summary>The same for a run that is known to be under more conditions.</summary>
    public StoredRuns Under(IReadOnlyCollection<KeyValuePair<string, string>> further) =>
        further.Count == 0 ? this : new(Baseline, Conditions.SetItems(further)) { Noise = Noise };

    /// <summary>Why there is nothing to compare with; <see langword="null"/>: there is.</summary>
    public string? Problem()
    {
        if (Baseline is null)
        {
            return null;
        }

        if (Comparable.Length >= Baseline.FewestRuns)
        {
            return null;
        }

        var others = Baseline.Runs.Length - Comparable.Length;
        if (others == 0)
        {
            return $"{Count(Comparable.Length)}, and {Baselines.Baseline.FewestRuns} are the fewest that say how much runs differ: promote more";
        }

        var last = Baseline.Runs.Last(run => !Comparable.Contains(run));
        var differences = string.Join("; ", Baselines.Conditions.Differences(last.Conditions, Conditions));
        return $"{Count(Comparable.Length)} made under the conditions of this one, and {Baselines.Baseline.FewestRuns} are needed; the last of {others} others differs: {differences}";

        static string Count(int runs) => runs == 1 ? "the baseline has 1 run" : $"the baseline has {runs} runs";
    }

    /// <summary>Runs that share a map of conditions, which most do, are compared once.</summary>
    private static ImmutableArray<BaselineRun> Alike(ImmutableArray<BaselineRun> runs, ImmutableSortedDictionary<string, string> conditions)
    {
        var alike = runs.Select(run => run.Conditions)
            .Distinct<ImmutableSortedDictionary<string, string>>(ReferenceEqualityComparer.Instance)
            .Where(stored => Baselines.Conditions.AreEqual(stored, conditions))
            .ToHashSet<ImmutableSortedDictionary<string, string>>(ReferenceEqualityComparer.Instance);
        return [.. runs.Where(run => alike.Contains(run.Conditions))];
    }
}
