namespace PerfAssert.Runs;

/// <summary>What the load generator cost and whether it kept up, over the measured part.</summary>
/// <param name="ProcessorMs">CPU time of the whole test process.</param>
/// <param name="ElapsedMs">Wall-clock time the figures cover.</param>
/// <param name="Cores">Cores the process may use; not a whole number where it has a CPU quota.</param>
/// <param name="ProcessorShare">Share of those cores' time that was used, 0 to 1.</param>
/// <param name="GcPauseTotalMs">Total time all managed threads were stopped by the garbage collector.</param>
/// <param name="GcPauseMaxMs">The longest single stop.</param>
/// <param name="GcCollections">Collections of all generations.</param>
/// <param name="ThreadPoolDelayP99Ms">How long a work item waited for a thread-pool thread; 0: not probed.</param>
/// <param name="ThreadPoolDelayMaxMs">The longest such wait.</param>
/// <param name="ThreadPoolQueueMax">Work items waiting at the worst probe.</param>
/// <param name="CoreWaitMs">How long threads of the process were ready to run and had no core, in all; 0: none, or not known.</param>
/// <param name="CoresIdle">Share of the cores' time in which nobody used them, 0 to 1; <see langword="null"/>: not known.</param>
/// <param name="CoresStolen">
/// Share of the cores' time for which the hypervisor gave them to other virtual machines while this one wanted them, 0 to 1; 0 where it does
/// not tell; <see langword="null"/>: not known.
/// </param>
/// <param name="ThrottledMs">How long a CPU quota stopped the process at most; 0: never, or it has none.</param>
internal sealed record RunGenerator(
    double ProcessorMs,
    double ElapsedMs,
    double Cores,
    double ProcessorShare,
    double GcPauseTotalMs,
    double GcPauseMaxMs,
    int GcCollections,
    double ThreadPoolDelayP99Ms,
    double ThreadPoolDelayMaxMs,
    long ThreadPoolQueueMax,
    double CoreWaitMs = 0,
    double? CoresIdle = null,
    double? CoresStolen = null,
    double ThrottledMs = 0);
