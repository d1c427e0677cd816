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

    private Measurement measurement = null!;

    [Params(1_000, 100_000)]
    public int Requests { get; set; }

    [GlobalSetup]
    public void Measure() => measurement = Make.Measurement(Make.Round(Make.Requests(Requests, Requests / 500)));

    [Benchmark]
    public object Decide() => Judge.Decide(Plan, measurement);
}
