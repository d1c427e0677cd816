namespace PerfAssert.Load;

/// <summary>
/// How long the test method's synchronous beginning keeps the thread that calls it: a slowly falling peak. It decides whether the
/// pacing thread may start requests itself (no thread to wake, so the sends are on time) or has to hand them over.
/// </summary>
/// <remarks>Several threads write without a lock: a lost observation is made up for by the next one.</remarks>
internal sealed class StartCost
{
    /// <summary>A start that keeps the pacer for longer is noticed in the arrivals behind it.</summary>
    private const long Longest = 500_000;

    // The peak halves in about 180 requests: a method that is slow once in a hundred stays handed over.
    private const int Decay = 8;

    private long peak;

    public void Observe(long nanoseconds)
    {
        var seen = Volatile.Read(ref peak);
        Volatile.Write(ref peak, Math.Max(nanoseconds, seen - (seen >> Decay)));
    }

    /// <summary>Whether a start fits well into the gap between two arrivals.</summary>
    /// <param name="gap">Nanoseconds from one arrival to the next, on average.</param>
    public bool FitsInto(long gap) => Volatile.Read(ref peak) <= Math.Min(Longest, gap / 2);
}
