using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Tests.Judging;
using PerfAssert.Tests.Runs;

namespace PerfAssert.Tests.Baselines;

/// <summary>Baselines made by hand, of the plans of <see cref="Make"/>.</summary>
internal static class Stored
{
    public static ImmutableSortedDictionary<string, string> Conditions { get; } =
        PerfAssert.Baselines.Conditions.Of(RunFiles.Fingerprint, LoadConditions.Of(Make.Plan().Load));

    public static BaselineRun Run(int day, params (string Metric, double[] Rounds)[] values) => new()
    {
        At = new DateTimeOffset(2026, 3, 1, 4, 5, 6, TimeSpan.Zero).AddDays(day),
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Source = $"run-{day}.json",
        Requests = 1_000,
        Failed = 0,
        InputTokens = 0,
        OutputTokens = 0,
        Values = values.ToImmutableSortedDictionary(
            value => value.Metric, value => value.Rounds.Select(round => (double?)round).ToImmutableArray(), StringComparer.Ordinal),
        Conditions = Conditions,
        Histogram = "none",
    };

    public static Baseline Of(params BaselineRun[] runs) => new("Tests.Endpoint", "default", [.. runs]);

    /// <summary>A run a value, in milliseconds for a duration.</summary>
    public static Baseline Of(string metric, params double[] values) => Of([.. values.Select((value, day) => Run(day, (metric, [value])))]);
}
