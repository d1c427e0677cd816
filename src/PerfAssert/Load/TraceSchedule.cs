namespace PerfAssert.Load;

/// <summary>Arrivals as they were recorded, faster or slower.</summary>
internal sealed class TraceSchedule(ArrivalTrace trace, decimal speed) : ArrivalSchedule
{
    private readonly double faster = (double)speed;
    private long taken;

    public override long Length => Scaled(trace.Length);

    public override long ExpectedCount => trace.Count;

    public override bool TryNext(out long offset)
    {
        if (taken == trace.Count)
        {
            offset = Length;
            return false;
        }

        offset = Scaled(trace[taken++]);
        return true;
    }

    // A recorded offset stays exact: a double holds every nanosecond of 104 days.
    private long Scaled(long nanoseconds) => (long)Math.Round(nanoseconds / faster);
}
