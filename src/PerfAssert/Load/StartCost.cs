namespace PerfAssert.Load;

/// <summary>
/// How many arrivals the test method's synchronous beginning makes late, as a share of all: a start that is long against the gap to the
/// next arrival keeps the thread that calls it, and those that fall into it wait. It decides whether the pacing thread may start requests
/// itself (no thread to wake, so the sends are on time) or has to hand them over.
/// </summary>
/// <remarks>
/// A single long start, by a garbage collection or a busy neighbour, is no reason: handed over, far more arrivals would be late than it
/// delayed. Several threads write without a lock: a lost observation is made up for by the next one.
/// </remarks>
internal sealed class StartCost
{
    /// <summary>A start that keeps the pacer for longer is noticed in the arrivals behind it.</summary>
    private const long Longest = 500_000;

    /// <summary>After this another thread goes on with the schedule.</summary>
    private const long Kept = 10_000_000;

    /// <summary>Of all arrivals, what may be late by the starts before them: half of what a p99 sees.</summary>
    private const double Most = 0.005;

    /// <summary>Where it ends, so that a bad time is forgotten within some thousand starts.</summary>
    private const double Worst = 5 * Most;

    /// <summary>Over how many starts it is a mean: one that ten arrivals wait for is just below what is allowed.</summary>
    private const double Memory = 2_048;

    private long gap = long.MaxValue;
    private double late;
    private bool compiled;

    /// <summary>Whether the pacing thread may start requests itself.</summary>
    public bool Fits => Volatile.Read(ref late) <= Most;

    /// <summary>From now on arrivals come at another rate.</summary>
    /// <param name="gap">Nanoseconds from one arrival to the next, on average.</param>
    public void ArrivalsEvery(long gap) => Volatile.Write(ref this.gap, Math.Max(1, gap));

    /// <summary>A start has returned. The first one tells nothing: it is when the method is compiled.</summary>
    /// <param name="nanoseconds">How long it kept its thread.</param>
    public void Observe(long nanoseconds)
    {
        if (!compiled)
        {
            compiled = true;
            return;
        }

        var every = Volatile.Read(ref gap);
        var waited = nanoseconds > Math.Min(Longest, every / 2) ? (double)Math.Min(Kept, nanoseconds) / every : 0;
        var seen = Volatile.Read(ref late);
        Volatile.Write(ref late, Math.Min(Worst, seen + ((waited - seen) / Memory)));
    }
}
