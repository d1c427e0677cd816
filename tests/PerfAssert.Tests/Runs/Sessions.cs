using System.Collections.Immutable;
using PerfAssert.Runs;

namespace PerfAssert.Tests.Runs;

/// <summary>Run files of 8 rounds whose latencies are those of <see cref="RunFiles"/> times a factor, with a little noise from round to round.</summary>
internal static class Sessions
{
    public static RunFile Of(double factor, int seed = 1, string test = "Tests.Endpoint", int rounds = 8, double noise = 0.01, string budget = "p50 < reference + 5 %", int requests = 1_000)
    {
        var random = new Random(seed);
        return RunFiles.Passing with
        {
            TestName = test,
            StartedAt = RunFiles.Passing.StartedAt.AddHours(seed),
            Plan = RunFiles.Passing.Plan with { Load = RunFiles.Passing.Plan.Load with { Rounds = 8 }, Budgets = [new RunBudget(budget, "test")] },
            Rounds = [.. Enumerable.Range(0, rounds).Select(index => Round(index, factor * (1 + (noise * ((2 * random.NextDouble()) - 1))), requests))],
        };
    }

    /// <summary>Runs that differ by so much among themselves.</summary>
    public static ImmutableArray<RunFile> Several(int count, double factor, double noise, int seed = 1, string test = "Tests.Endpoint")
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Of(factor * (1 + (noise * ((2 * random.NextDouble()) - 1))), (100 * seed) + i, test))];
    }

    private static RunRound Round(int index, double factor, int requests) => RunFiles.Round(index, requests) with
    {
        Latency = RunDistribution.Of(RunFiles.Spread(requests, (long)(12e6 * factor), (long)(50e6 * factor))),
    };
}
