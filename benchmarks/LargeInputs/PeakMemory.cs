namespace LargeInputs;

/// <summary>The largest managed heap while something runs, garbage included: looked at every few milliseconds.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Timer timer;
    private long most;

    public PeakMemory() => timer = new Timer(_ => Look(), null, 0, 5);

    public long Stop()
    {
        timer.Dispose();
        Look();
        return Volatile.Read(ref most);
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        var now = GC.GetTotalMemory(forceFullCollection: false);
        while (Volatile.Read(ref most) is var seen && now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen)
        {
        }
    }
}
