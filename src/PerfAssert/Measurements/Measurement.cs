using System.Collections.Immutable;

namespace PerfAssert.Measurements;

/// <summary>Everything seen in one run of one test.</summary>
/// <param name="Rounds">Measured passes in order; empty if the run was cut off before the first ended.</param>
/// <param name="Health">What the generator cost and whether it kept up.</param>
/// <param name="WarmUpRequests">Requests sent before the measured part: of the warm-up, and of ramps that are not measured.</param>
/// <param name="WarmUpFailures">How many of them failed.</param>
/// <param name="OpenLoop">Whether the measured part had a schedule: latency from the intended start.</param>
/// <param name="Aborted">Why the run was cut off (cancelled, timed out); <see langword="null"/>: it was not.</param>
internal sealed record Measurement(
    ImmutableArray<Round> Rounds,
    GeneratorHealth Health,
    long WarmUpRequests,
    long WarmUpFailures,
    bool OpenLoop,
    string? Aborted)
{
    /// <summary>Why the last round was ended before its time; <see langword="null"/>: it was not.</summary>
    public EarlyEnd? Ended { get; init; }

    /// <summary>What requests said they were made of, by name.</summary>
    public ImmutableArray<PayloadSet> Payloads { get; init; } = [];

    /// <summary>Which servers requests said they went to, in the order of their first request.</summary>
    public ImmutableArray<ServerUse> Servers { get; init; } = [];

    /// <summary>Time the measured parts took, drains included.</summary>
    public TimeSpan MeasuredFor { get; init; }
}
