namespace PerfAssert.Load;

/// <summary>
/// How much earlier than due the pacing thread gets up, to spin for the rest: the 98th percentile of its own late wake-ups, tracked as
/// they come (a step up for a wake-up later than the margin, a fiftieth of it down for one that was not). A core that was idle for long
/// wakes up later, so no fixed figure fits every rate and machine.
/// </summary>
/// <remarks>A lower percentile spins less, and what is left of late wake-ups is then what a p99 sees of the pacing.</remarks>
internal sealed class WakeMargin
{
    private const double Quantile = 0.98;

    // Follows slower wake-ups within some hundred arrivals, faster ones within some thousand: meanwhile it spins for what SpinShare allows.
    private const double Step = 1_000;
    private const double Longest = 250_000;

    // Of one core, what spinning may cost at most.
    private const int SpinShare = 10;

    private double margin;

    /// <summary>Nanoseconds to get up before an arrival is due.</summary>
    /// <param name="gap">Nanoseconds from one arrival to the next, on average.</param>
    public long Before(long gap) => (long)Math.Min(margin, gap / SpinShare);

    public void Observe(long late) =>
        margin = Math.Clamp(margin + (late > margin ? Step * Quantile : -Step * (1 - Quantile)), 0, Longest);
}
