using System.Collections.Immutable;

namespace PerfAssert.Measurements;

/// <summary>
/// Latencies of consecutive requests in nanoseconds, in request order, for estimating autocorrelation. Bounded: blocks of
/// consecutive requests spread over the round. A timeout is <see cref="float.PositiveInfinity"/>, another failure <see cref="float.NaN"/>.
/// </summary>
/// <param name="Blocks">Blocks of consecutive requests; requests of different blocks are not neighbours.</param>
internal sealed record LatencyTrace(ImmutableArray<ImmutableArray<float>> Blocks)
{
    /// <summary>No trace.</summary>
    public static LatencyTrace Empty { get; } = new([]);
}
