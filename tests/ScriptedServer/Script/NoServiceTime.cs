namespace Scripted.Script;

/// <summary>Every request is answered as soon as it was read.</summary>
internal sealed record NoServiceTime : ServiceTimes
{
    public override long Next(Random random) => 0;

    public override string ToString() => "none";
}
