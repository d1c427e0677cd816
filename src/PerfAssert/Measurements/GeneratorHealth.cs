using HdrHistogram;

namespace PerfAssert.Measurements;

/// <summary>What the load generator cost and whether it kept up, over the measured part of a run.</summary>
internal sealed record GeneratorHealth
{
    /// <summary>CPU time of the whole test process, user and system.</summary>
    public required TimeSpan ProcessorTime { get; init; }

    /// <summary>Wall-clock time the figures cover.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Cores this process may use; not a whole number where it has a CPU quota.</summary>
    public required double Cores { get; init; }

    /// <summary>How long the process's CPU quota stopped it at most. Zero: never, or it has none.</summary>
    public TimeSpan Throttled { get; init; }

    /// <summary>How many times it did.</summary>
    public long ThrottledPeriods { get; init; }

    /// <summary>How long threads of the test process were ready to run and had no core, summed over threads. Zero where it is not known.</summary>
    public TimeSpan CoreWait { get; init; }

    /// <summary>
    /// Share of the time of <see cref="Cores"/> in which nobody used them, neither this process nor another, 0 to 1;
    /// <see langword="null"/>: not known.
    /// </summary>
    public double? CoresIdle { get; init; }

    /// <summary>
    /// Share of the time of <see cref="Cores"/> for which the hypervisor gave them to other virtual machines while this one wanted them,
    /// 0 to 1; 0 where it does not tell; <see langword="null"/>: not known.
    /// </summary>
    public double? CoresStolen { get; init; }

    /// <summary>Total time all managed threads were stopped by the garbage collector.</summary>
    public required TimeSpan GcPauseTotal { get; init; }

    /// <summary>The longest single stop by the garbage collector; of several within 20 ms, their mean.</summary>
    public required TimeSpan GcPauseMax { get; init; }

    /// <summary>Collections of generation 0, 1 and 2 together.</summary>
    public required int GcCollections { get; init; }

    /// <summary>How long work items waited for a thread-pool thread, by probes, in nanoseconds. Empty: not probed.</summary>
    public required HistogramBase ThreadPoolDelays { get; init; }

    /// <summary>99th percentile of <see cref="ThreadPoolDelays"/>; zero: not probed.</summary>
    public TimeSpan ThreadPoolDelayP99 => Time(ThreadPoolDelays.TotalCount == 0 ? 0 : ThreadPoolDelays.GetValueAtPercentile(99));

    /// <summary>The longest of <see cref="ThreadPoolDelays"/>; zero: not probed.</summary>
    public TimeSpan ThreadPoolDelayMax => Time(ThreadPoolDelays.TotalCount == 0 ? 0 : ThreadPoolDelays.GetMaxValue());

    /// <summary>Work items waiting for a thread-pool thread, at the worst probe.</summary>
    public required long ThreadPoolQueueMax { get; init; }

    /// <summary>Share of the process's available CPU that was used, 0 to 1.</summary>
    public double ProcessorShare => Elapsed > TimeSpan.Zero ? ProcessorTime / (Elapsed * Cores) : 0;

    private static TimeSpan Time(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100);
}
