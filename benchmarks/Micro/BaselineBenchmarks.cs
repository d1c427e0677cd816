using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
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
/// their files, and without. Both the stored runs and the run that is judged, the same for all tests, are of few requests or of many. Every
/// test has conditions of its own.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ColdGate))]
public class BaselineBenchmarks
{
    private const int Tests = 1_000;
    private const int Rounds = 8;

    private static readonly PerfPlan Plan = Make.Plan(
        Budget.Parse("p50 < baseline + 5 %"), Budget.Parse("p99 < baseline + 10 % or 2 ms"), Budget.Parse("rps > baseline - 5 %"));

    [Params(10_000, 100_000)]
    public int RequestsPerRound { get; set; }

    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-baselines-").FullName;

    private Measurement measurement = null!;
    private BaselineStore store = null!;
    private StoredRuns stored = null!;

    [GlobalSetup]
    public void Store()
    {
        var random = new Random(1);
        measurement = Make.Measurement([.. Enumerable.Range(0, Rounds).Select(_ => Round(random))]);
        store = new BaselineStore(folder);
        var runs = Enumerable.Range(0, Baseline.MostRuns).Select(day => Run(day, random)).ToList();
        Directory.CreateDirectory(Path.Combine(folder, "ci"));
        for (var test = 0; test < Tests; test++)
        {
            File.WriteAllText(store.PathOf("ci", NameOf(test)), BaselineText.Write(BaselineOf(test, runs)));
        }

        stored = new StoredRuns(BaselineOf(0, runs), ConditionsOf(0));
        Console.WriteLine($"// {Tests:N0} files, {new DirectoryInfo(Path.Combine(folder, "ci")).EnumerateFiles().Sum(file => file.Length) / 1e6:N0} MB");
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public int ReadAndJudge() => Enumerable.Range(0, Tests)
        .Count(test => Judge.Decide(Plan with { Stored = new StoredRuns(store.Find("ci", NameOf(test)), ConditionsOf(test)) }, measurement).Passed);

    [Benchmark]
    public int JudgeAlone() => Enumerable.Range(0, Tests).Count(_ => Judge.Decide(Plan with { Stored = stored }, measurement).Passed);

    private static string NameOf(int test) => $"Tests.Endpoint.Method{test}";

    private static ImmutableSortedDictionary<string, string> ConditionsOf(int test) =>
        Conditions.Of(RunFiles.Fingerprint, LoadConditions.Of(Plan.Load with { Seed = test }));

    private static Baseline BaselineOf(int test, IEnumerable<BaselineRun> runs)
    {
        var conditions = ConditionsOf(test);
        return new Baseline(NameOf(test), "ci", [.. runs.Select(run => run with { Conditions = conditions })]);
    }

    /// <summary>
    /// A round as the engine hands it over: histograms that end at their largest value, a trace that is bounded. Of a hundred requests 98 take
    /// about 12 ms and 2 about 50 ms, in random order.
    /// </summary>
    private Round Round(Random random)
    {
        double[] milliseconds = [.. Enumerable.Range(0, RequestsPerRound).Select(i => (double)i / RequestsPerRound)
            .Select(rank => rank < 0.98 ? 12 * (0.8 + (0.4 * rank / 0.98)) : 50 * (0.9 + (0.2 * (rank - 0.98) / 0.02)))];
        random.Shuffle(milliseconds);
        var trace = new TraceRecorder(RequestsPerRound, Rounds);
        for (var i = 0; i < milliseconds.Length; i++)
        {
            trace.Record(i, (long)(milliseconds[i] * 1e6));
        }

        var round = Make.Round(milliseconds);
        return round with
        {
            Latency = Histograms.Compact([round.Latency]),
            ServiceTime = Histograms.Compact([round.ServiceTime]),
            SendLag = Histograms.Compact([round.SendLag]),
            Lateness = Histograms.Compact([round.Lateness]),
            Trace = trace.ToTrace(),
        };
    }

    private BaselineRun Run(int day, Random random)
    {
        double?[] Around(double usual) => [.. Enumerable.Range(0, Rounds).Select(_ => (double?)(usual * (1 + (0.02 * random.NextDouble()))))];
        return new BaselineRun
        {
            At = RunFiles.Passing.StartedAt.AddDays(day),
            Commit = RunFiles.Passing.Commit,
            Source = $"run-{day}.json",
            Requests = Rounds * RequestsPerRound,
            Failed = 0,
            InputTokens = 0,
            OutputTokens = 0,
            Values = new[] { ("p50", 12e6), ("p90", 13e6), ("p95", 14e6), ("p99", 50e6), ("mean", 12e6), ("max", 60e6), ("rps", RequestsPerRound / 10.0), ("goodput", RequestsPerRound / 10.0) }
                .ToImmutableSortedDictionary(item => item.Item1, item => Around(item.Item2).ToImmutableArray(), StringComparer.Ordinal),
            Conditions = ImmutableSortedDictionary<string, string>.Empty,
            Histogram = HistogramCode.ToText(RunFiles.Spread(Rounds * RequestsPerRound, 12_000_000, 50_000_000)),
        };
    }
}
