using System.Collections.Immutable;

namespace PerfAssert.Measurements;

/// <summary>
/// Keeps the latencies of blocks of 1,024 consecutive requests, spread evenly over a round whose size is known and from its start
/// otherwise. Each request writes its own place, so no lock is needed; at most 64 blocks (256 KB), whatever the round's size.
/// </summary>
internal sealed class TraceRecorder
{
    private const int BlockLength = 1024;
    private const int MostBlocks = 64;

    private readonly long stride;
    private readonly float[]?[] blocks;

    /// <summary>A recorder for one round.</summary>
    /// <param name="expected">Requests expected; <see langword="null"/>: unknown.</param>
    /// <param name="rounds">Rounds that share the memory.</param>
    public TraceRecorder(long? expected, int rounds)
    {
        var most = Math.Max(2, MostBlocks / rounds);
        stride = Math.Max(BlockLength, (expected ?? 0) / most);
        blocks = new float[]?[most];
    }

    public void Record(long index, long latency) => Write(index, Math.Max(1, latency));

    public void RecordTimeout(long index) => Write(index, float.PositiveInfinity);

    public void RecordFailure(long index) => Write(index, float.NaN);

    // Zero is a place nothing was written to.
    public LatencyTrace ToTrace() => new(
        [.. blocks.Where(block => block is not null).Select(block => block!.Where(latency => latency != 0).ToImmutableArray()).Where(block => !block.IsEmpty)]);

    private void Write(long index, float value)
    {
        var block = index / stride;
        var place = index % stride;
        if (block >= blocks.Length || place >= BlockLength)
        {
            return;
        }

        var target = Volatile.Read(ref blocks[block]);
        if (target is null)
        {
            target = new float[BlockLength];
            target = Interlocked.CompareExchange(ref blocks[block], target, null) ?? target;
        }

        target[place] = value;
    }
}
