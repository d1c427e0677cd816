using BenchmarkDotNet.Attributes;
using PerfAssert.Budgets;
using PerfAssert.Load;

namespace PerfAssert.Micro;

/// <summary>Reading a load and a budget, as discovery does for every test.</summary>
[MemoryDiagnoser]
public class GrammarBenchmarks
{
    [Benchmark]
    public object Load() => LoadExpression.Parse("0 to 500 rps over 10 min, 500 rps for 2 min");

    [Benchmark]
    public object AbsoluteBudget() => Budget.Parse("p99 < 200 ms");

    [Benchmark]
    public object RelativeBudget() => Budget.Parse("p99 < baseline + 10 % or 2 ms");
}
