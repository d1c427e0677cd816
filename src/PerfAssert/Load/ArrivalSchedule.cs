namespace PerfAssert.Load;

/// <summary>When the requests of one open-loop phase are due, as offsets from the phase's start: an absolute schedule, so that no error adds up.</summary>
internal abstract class ArrivalSchedule
{
    /// <summary>How long the phase takes, in nanoseconds.</summary>
    public abstract long Length { get; }

    /// <summary>Arrivals the phase is expected to have.</summary>
    public abstract long ExpectedCount { get; }

    /// <summary>The schedule of an open-loop phase.</summary>
    /// <param name="phase">A constant rate, a rate ramp, or a trace that was read.</param>
    /// <param name="arrivals">Constant or Poisson; a trace has its own.</param>
    /// <param name="seed">Seed of Poisson gaps; not used for others.</param>
    public static ArrivalSchedule For(LoadPhase phase, Arrivals arrivals, int seed) => phase switch
    {
        LoadPhase.Trace { Recorded: { } recorded } trace => new TraceSchedule(recorded, trace.Speed),
        LoadPhase.Trace => throw new ArgumentException($"{phase} has no schedule: its file was not read.", nameof(phase)),
        _ => RateSchedule.For(phase, arrivals, seed),
    };

    /// <summary>The next arrival's offset in nanoseconds.</summary>
    /// <returns><see langword="false"/> when the phase has no more.</returns>
    public abstract bool TryNext(out long offset);
}
