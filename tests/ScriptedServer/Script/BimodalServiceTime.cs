namespace Scripted.Script;

/// <summary>Two kinds of requests: a share of them is slow.</summary>
/// <param name="Fast">In nanoseconds.</param>
/// <param name="Slow">In nanoseconds.</param>
/// <param name="SlowShare">From 0 to 1.</param>
internal sealed record BimodalServiceTime(long Fast, long Slow, double SlowShare) : ServiceTimes
{
    public override long Next(Random random) => random.NextDouble() < SlowShare ? Slow : Fast;
}
