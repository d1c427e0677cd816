using BenchmarkDotNet.Attributes;
using PerfAssert.Load;

namespace PerfAssert.Micro;

/// <summary>The steps of a schedule, and a wait of 100 µs: what is above that is how late the pacing thread wakes.</summary>
[MemoryDiagnoser]
public class PacingBenchmarks
{
    private const long Wait = 100_000;
    private static readonly LoadPhase Phase = new LoadPhase.ConstantRate(1_000, TimeSpan.FromHours(24), null);

    private ArrivalSchedule constant = ArrivalSchedule.For(Phase, Arrivals.Constant, 1);
    private ArrivalSchedule poisson = ArrivalSchedule.For(Phase, Arrivals.Poisson, 1);

    [GlobalSetup]
    public void Prepare() => LoadClock.System.PrepareThread();

    [Benchmark]
    public long ConstantStep() => Step(ref constant, Arrivals.Constant);

    [Benchmark]
    public long PoissonStep() => Step(ref poisson, Arrivals.Poisson);

    [Benchmark]
    public bool WaitOf100Microseconds() => LoadClock.System.WaitUntil(LoadClock.System.Now + Wait, CancellationToken.None);

    private static long Step(ref ArrivalSchedule schedule, Arrivals arrivals)
    {
        if (!schedule.TryNext(out var offset))
        {
            schedule = ArrivalSchedule.For(Phase, arrivals, 1);
        }

        return offset;
    }
}
