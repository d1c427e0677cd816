namespace Scripted.Script;

/// <summary>Every request takes the same time.</summary>
internal sealed record ConstantServiceTime(long Nanoseconds) : ServiceTimes
{
    public override long Next(Random random) => Nanoseconds;
}
