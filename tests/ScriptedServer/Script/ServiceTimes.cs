namespace Scripted.Script;

/// <summary>How long the server takes for a request.</summary>
internal abstract record ServiceTimes
{
    /// <summary>The service time of the next request, in nanoseconds.</summary>
    public abstract long Next(Random random);
}
