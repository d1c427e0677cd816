using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;

namespace PerfAssert.Micro;

/// <summary>
/// Processes that have run nothing before: as the package sets a test project's runtime (build/PerfAssert.props), and as a project that
/// opts out of it.
/// </summary>
internal sealed class ColdGate : ManualConfig
{
    public ColdGate()
    {
        var cold = Job.Default.WithStrategy(RunStrategy.ColdStart).WithLaunchCount(5).WithWarmupCount(0).WithIterationCount(1).WithInvocationCount(1).WithUnrollFactor(1);
        AddJob(cold.WithGcConcurrent(false)
            .WithEnvironmentVariables(new EnvironmentVariable("DOTNET_TieredPGO", "0"), new EnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0"))
            .WithId("as a gate"));
        AddJob(cold.WithId("runtime defaults"));
    }
}
