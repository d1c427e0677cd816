using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Runs;
using PerfAssert.Tests.Judging;
using PerfAssert.Tests.Runs;

namespace PerfAssert.Micro;

/// <summary>
/// Judging a thousand tests, three baseline budgets each, against 20 stored runs each, in a process that has judged nothing before: with reading
/// their files, and without. The stored runs are of few requests and of many.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.ColdStart, launchCount: 5, warmupCount: 0, iterationCount: 1)]
public class BaselineBenchmarks
{
    private const int Tests = 1_000;

    private static readonly PerfPlan Plan = Make.Plan(
        Budget.Parse("p50 < baseline + 5 %"), Budget.Parse("p99 < baseline + 10 % or 2 ms"), Budget.Parse("rps > baseline - 5 %"));

    [Params(1_000, 100_000)]
    public int RequestsPerRound { get; set; }

    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-baselines-").FullName;

    private ImmutableSortedDictionary<string, string> conditions = null!;
    private Measurement measurement = null!;
    private BaselineStore store = null!;
    private StoredRuns stored = null!;

    [GlobalSetup]
    public void Store()
    {
        conditions = Conditions.Of(RunFiles.Fingerprint, LoadConditions.Of(Plan.Load));
        measurement = Make.Measurement([.. Enumerable.Range(0, 8).Select(_ => Make.Round(Make.Requests(1_000, 10, 12, 50)))]);
        store = new BaselineStore(folder);
        var random = new Random(1);
        var runs = Enumerable.Range(0, Baseline.MostRuns).Select(day => Run(day, random)).ToList();
        var text = BaselineText.Write(new Baseline(NameOf(0), "ci", [.. runs]));
        Directory.CreateDirectory(Path.Combine(folder, "ci"));
        for (var test = 0; test < Tests; test++)
        {
            File.WriteAllText(store.PathOf("ci", NameOf(test)), test == 0 ? text : BaselineText.Write(new Baseline(NameOf(test), "ci", [.. runs])));
        }

        stored = new StoredRuns(new Baseline(NameOf(0), "ci", [.. runs]), conditions);
        Console.WriteLine($"// {Tests:N0} files, {new DirectoryInfo(Path.Combine(folder, "ci")).EnumerateFiles().Sum(file => file.Length) / 1e6:N0} MB");
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public int ReadAndJudge() => Enumerable.Range(0, Tests)
        .Count(test => Judge.Decide(Plan with { Stored = new StoredRuns(store.Find("ci", NameOf(test)), conditions) }, measurement).Passed);

    [Benchmark]
    public int JudgeAlone() => Enumerable.Range(0, Tests).Count(_ => Judge.Decide(Plan with { Stored = stored }, measurement).Passed);

    private static string NameOf(int test) => $"Tests.Endpoint.Method{test}";

    private BaselineRun Run(int day, Random random)
    {
        double?[] Rounds(double usual) => [.. Enumerable.Range(0, 8).Select(_ => (double?)(usual * (1 + (0.02 * random.NextDouble()))))];
        return new BaselineRun
        {
            At = RunFiles.Passing.StartedAt.AddDays(day),
            Commit = RunFiles.Passing.Commit,
            Source = $"run-{day}.json",
            Requests = 8 * RequestsPerRound,
            Failed = 0,
            InputTokens = 0,
            OutputTokens = 0,
            Values = new[] { ("p50", 12e6), ("p90", 13e6), ("p95", 14e6), ("p99", 50e6), ("mean", 12e6), ("max", 60e6), ("rps", 100.0), ("goodput", 100.0) }
                .ToImmutableSortedDictionary(item => item.Item1, item => Rounds(item.Item2).ToImmutableArray(), StringComparer.Ordinal),
            Conditions = conditions,
            Histogram = HistogramCode.ToText(RunFiles.Spread(8 * RequestsPerRound, 12_000_000, 50_000_000)),
        };
    }
}
