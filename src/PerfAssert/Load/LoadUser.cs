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
        pass.Register(slot);
    }

    public void Execute() => Run();

    /// <summary>Sends requests on this thread until one is pending or the user is done.</summary>
    public void Run()
    {
        var began = pass.Clock.Now;
        for (var now = began; ; now = pass.Clock.Now)
        {
            var current = slot;
            if (pass.Method.Asynchronous is not null && now - began > LongestStretch)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            if (!current.TryRenew())
            {
                // Left behind just now: Replace goes on with another slot.
                return;
            }

            if (now >= stop || !pass.TryTakeRequest(out var number))
            {
                pass.UserDone();
                return;
            }

            current.Prepare(number, now, now, scheduled: false);
            if (!current.Start(now) || !ReferenceEquals(current, slot))
            {
                return;
            }
        }
    }

    /// <summary>Goes on after an asynchronous request; an answer to one that was left behind changes nothing.</summary>
    public void Resume(RequestSlot answered)
    {
        if (!ReferenceEquals(answered, slot))
        {
            return;
        }

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
        pass.Register(slot);
        pass.Launch(this);
    }
}
