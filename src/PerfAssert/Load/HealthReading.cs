namespace PerfAssert.Load;

/// <summary>What the process had used at a moment.</summary>
/// <param name="Moment">Nanoseconds of the engine's clock.</param>
/// <param name="Processor">CPU time, user and system.</param>
/// <param name="Pauses">Time stopped by the garbage collector.</param>
/// <param name="Collections">Collections of all generations.</param>
/// <param name="Usage">How cores were used; <see langword="null"/> where it is not known.</param>
internal readonly record struct HealthReading(long Moment, TimeSpan Processor, TimeSpan Pauses, int Collections, CoreUsage? Usage)
{
    public static HealthReading Take(LoadClock clock) =>
        new(clock.Now, Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration(), GC.CollectionCount(0), CoreUsage.Read());
}
