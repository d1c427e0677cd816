namespace PerfAssert.Load;

/// <summary>A closed-loop user: sends the next request when it has the answer to the last one.</summary>
internal sealed class LoadUser : IThreadPoolWorkItem
{
    // A method that answers at once would otherwise keep its thread from the other users.
    private const long LongestStretch = 1_000_000;

    private readonly ClosedLoopPass pass;
    private readonly long stop;
    private RequestSlot slot;

    public LoadUser(ClosedLoopPass pass, long stop)
    {
        this.pass = pass;
        this.stop = stop;
        slot = new RequestSlot(pass, pass.Clock) { User = this };
        pass.Slots.Add(slot);
    }

    public void Execute() => Run();

    /// <summary>
    /// Sends requests on this thread until one is pending or the user is done. One thread at a time does so: the one whose request has ended in its
    /// slot, or, when a slot was left behind with its request, the one that <see cref="Replace"/> starts.
    /// </summary>
    public void Run()
    {
        var mine = slot;
        var began = pass.Clock.Now;
        for (var now = began; ; now = pass.Clock.Now)
        {
            if (pass.Method.Asynchronous is not null && now - began > LongestStretch)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            if (now >= stop || !pass.TryTakeRequest(out var number))
            {
                pass.UserDone();
                return;
            }

            mine.Renew();
            mine.Prepare(number, now, now, scheduled: false);
            if (!mine.Start(now))
            {
                return;
            }
        }
    }

    /// <summary>Goes on after an asynchronous request.</summary>
    public void Resume()
    {
        // The thread may be one of the client's own, which goes on with what it was doing.
        var outer = ExecutionContext.Capture();
        Run();
        if (outer is not null)
        {
            ExecutionContext.Restore(outer);
        }
    }

    /// <summary>Goes on with a new slot: the method kept the old one beyond timeout and grace.</summary>
    public void Replace()
    {
        slot = new RequestSlot(pass, pass.Clock) { User = this };
        pass.Slots.Add(slot);
        pass.Launch(this);
    }
}
