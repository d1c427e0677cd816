namespace PerfAssert.Load;

/// <summary>The phase that a pass is in, and how long the measured phases before it took. Times are in nanoseconds.</summary>
internal sealed class Stretch
{
    private readonly long measuredEndBefore;
    private long length;

    private Stretch(long before, long start, long length, bool measured, long measuredEndBefore)
    {
        Before = before;
        Start = start;
        Measured = measured;
        this.length = length;
        this.measuredEndBefore = measuredEndBefore;
    }

    /// <summary>Before the first phase.</summary>
    public static Stretch None { get; } = new(before: 0, start: 0, length: 0, measured: false, measuredEndBefore: 0);

    /// <summary>How long the measured phases before this one took.</summary>
    public long Before { get; }

    public long Start { get; }

    public long End => Start + Volatile.Read(ref length);

    public bool Measured { get; }

    /// <summary>When the last measured phase ends or ended: this one, or one before it.</summary>
    public long MeasuredEnd => Measured ? End : measuredEndBefore;

    /// <summary>How much of the measured phases had passed at a moment of this one.</summary>
    public long MeasuredUntil(long moment) => Before + (Measured ? Math.Clamp(moment - Start, 0, End - Start) : 0);

    /// <summary>Makes the phase last until an offset at least: a counted phase of random arrivals may take longer than its rate says.</summary>
    public void LastUntil(long offset) => Volatile.Write(ref length, Math.Max(length, offset));

    /// <summary>The phase that follows.</summary>
    public Stretch Then(long start, long length, bool measured) => new(MeasuredUntil(End), start, length, measured, MeasuredEnd);
}
