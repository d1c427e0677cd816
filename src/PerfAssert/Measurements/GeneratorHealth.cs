namespace PerfAssert.Measurements;

/// <summary>What the load generator cost and whether it kept up, over the measured part of a run.</summary>
internal sealed record GeneratorHealth
{
    /// <summary>CPU time of the whole test process, user and system.</summary>
    public required TimeSpan ProcessorTime { get; init; }

    /// <summary>Wall-clock time the figures cover.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Cores this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Total time all managed threads were stopped by the garbage collector.</summary>
    public required TimeSpan GcPauseTotal { get; init; }

    /// <summary>The longest single stop by the garbage collector.</summary>
    public required TimeSpan GcPauseMax { get; init; }

    /// <summary>Collections of generation 0, 1 and 2 together.</summary>
    public required int GcCollections { get; init; }

    /// <summary>How long a work item waited for a thread-pool thread: 99th percentile of probes. Zero: not probed.</summary>
    public required TimeSpan ThreadPoolDelayP99 { get; init; }

    /// <summary>The longest wait for a thread-pool thread.</summary>
    public required TimeSpan ThreadPoolDelayMax { get; init; }

    /// <summary>Work items waiting for a thread-pool thread, at the worst probe.</summary>
    public required long ThreadPoolQueueMax { get; init; }

    /// <summary>Share of the process's available CPU that was used, 0 to 1.</summary>
    public double ProcessorShare => Elapsed > TimeSpan.Zero ? ProcessorTime / (Elapsed * Cores) : 0;
}
