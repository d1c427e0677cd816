using BenchmarkDotNet.Attributes;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Tests.Judging;

namespace PerfAssert.Micro;

/// <summary>Deciding a typical set of budgets on one measurement: what a look inside of a running round costs.</summary>
[MemoryDiagnoser]
public class JudgeBenchmarks
{
    private static readonly PerfPlan Plan = Make.Plan(
        Budget.Parse("p50 < 20 ms"), Budget.Parse("p99 < 200 ms"), Budget.Parse("errors < 0.1 %"), Budget.Parse("rps > 100"));

    // Judged in one iteration.
    private const int Looks = 100;

    private Measurement measurement = null!;
    private Measurement[] unread = [];

    [Params(1_000, 100_000)]
    public int Requests { get; set; }

    [GlobalSetup]
    public void Measure() => measurement = Make.Measurement(Make.Round(Make.Requests(Requests, Requests / 500)));

    [IterationSetup]
    public void Prepare() => unread = [.. Enumerable.Range(0, Looks).Select(_ => Unread())];

    [Benchmark(OperationsPerInvoke = Looks)]
    public int Decide() => unread.Count(look => Judge.Decide(Plan, look).Passed);

    // Every look merges histograms of its own, and what was read of others is not known of them.
    private Measurement Unread() => measurement with
    {
        Health = measurement.Health with { ThreadPoolDelays = measurement.Health.ThreadPoolDelays.Copy() },
        Rounds = [.. measurement.Rounds.Select(round => round with
        {
            Latency = round.Latency.Copy(),
            Lateness = round.Lateness.Copy(),
            ConnectionWait = round.ConnectionWait.Copy(),
            ReadLag = round.ReadLag.Copy(),
        })],
    };
}
