namespace PerfAssert.Load;

/// <summary>
/// The thread that looks after a pass's requests: times them out, leaves behind those that ignore it, ends all once the run is cut off, and
/// notices that the pacing thread is kept.
/// </summary>
internal sealed class RequestWatch : IDisposable
{
    /// <summary>How long a method may go on after its token was cancelled, before it is left behind.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // A kept pacing thread is replaced after one to two of these: the arrivals behind it are late by that much, and it is seen.
    private static readonly TimeSpan PacerPeriod = TimeSpan.FromMilliseconds(5);

    private readonly RequestPass pass;
    private readonly ManualResetEvent over = new(initialState: false);
    private readonly Thread thread;
    private RequestSlot[] slots = [];
    private long? cutOffAt;

    private RequestWatch(RequestPass pass)
    {
        this.pass = pass;
        thread = new Thread(Run) { IsBackground = true, Name = "PerfAssert watch" };
    }

    public static RequestWatch Start(RequestPass pass)
    {
        var watch = new RequestWatch(pass);
        watch.thread.UnsafeStart();
        return watch;
    }

    /// <summary>Ends the thread and waits for it.</summary>
    public void Dispose()
    {
        over.Set();
        thread.Join();
        over.Dispose();
    }

    private void Run()
    {
        try
        {
            LookUntilOver();
        }
        catch (Exception exception)
        {
            pass.Fault(exception);
        }
    }

    private void LookUntilOver()
    {
        var period = TimeSpan.FromMilliseconds(Math.Clamp(pass.Settings.RequestTimeout.TotalMilliseconds / 20, 1, 50));
        var tick = pass.PacerMayBeKept && period > PacerPeriod ? PacerPeriod : period;
        var ticks = (int)(period / tick);
        for (var i = 0; !over.WaitOne(tick); i++)
        {
            pass.WatchPacer();
            if (i % ticks == 0)
            {
                LookAtRequests();
            }
        }
    }

    private void LookAtRequests()
    {
        pass.Slots.CopyTo(ref slots);
        var now = pass.Clock.Now;
        foreach (var slot in slots)
        {
            slot.Watch(now, Nanoseconds(pass.Settings.RequestTimeout), Nanoseconds(Grace));
        }

        if (!pass.CutOff.IsCancellationRequested)
        {
            return;
        }

        cutOffAt ??= now;
        foreach (var slot in slots)
        {
            slot.Drop();
            slot.Cancel();
            if (now - cutOffAt >= Nanoseconds(Grace))
            {
                slot.CutOff();
            }
        }
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * 100;
}
