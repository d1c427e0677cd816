namespace PerfAssert.Load;

/// <summary>What is sent before the measured rounds. At most one of the two is set; neither: no warm-up.</summary>
/// <param name="Duration">The load's first rate or users for this long.</param>
/// <param name="Requests">This many requests at the load's first rate or by its first users.</param>
internal sealed record WarmUp(TimeSpan? Duration, long? Requests)
{
    /// <summary>No warm-up.</summary>
    public static WarmUp None { get; } = new(null, null);
}
