using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PerfAssert.Measurements;

namespace PerfAssert.Load;

/// <summary>
/// A place for one request in flight, used again for the next: its <see cref="PerfRequest"/>, cancellation, time stamps and the
/// continuation of the user's task. Starting and finishing a request through it allocates nothing.
/// </summary>
/// <remarks>
/// Subtle: three parties may end a request (the method's return, the timeout, the abandonment) and exactly one may record it. Whoever ends it in
/// <see cref="Idle"/> may use the slot again; one that is left behind is never used again.
/// <see cref="word"/> holds a version and a state; each transition is one compare-and-swap on the whole word, so that a late party
/// that still means the previous request of this slot changes nothing.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle, so there is nothing to dispose, and late methods may still hold its token.")]
internal sealed class RequestSlot : IThreadPoolWorkItem
{
    private const long Idle = 0;
    private const long Running = 1;
    private const long TimingOut = 2;
    private const long TimedOut = 3;
    private const long Abandoned = 4;
    private const long Queued = 5;
    private const long StateMask = 7;

    private readonly RequestPass pass;
    private readonly Action continuation;
    private readonly ExecutionContext context;
    private CancellationTokenSource cancellation = new();
    private CancellationTokenSource? cancelling;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter;
    private long due;
    private long ready;
    private long start;
    private bool scheduled;
    private long word;
    private long timedOutAt;
    private bool spent;

    public RequestSlot(RequestPass pass, LoadClock clock)
    {
        this.pass = pass;
        continuation = OnReturned;
        Request = new PerfRequest(clock, pass.Settings.Payloads, pass.Settings.Servers, pass.Settings.Lanes.Names);
        context = RequestContext.For(Request);
    }

    public PerfRequest Request { get; }

    /// <summary>The closed-loop user this slot belongs to; <see langword="null"/> in open loop.</summary>
    public LoadUser? User { get; init; }

    public RequestNumber Number { get; private set; }

    /// <summary>Whether a request in it waits for its start or has not ended.</summary>
    public bool InUse => (Volatile.Read(ref word) & StateMask) is not (Idle or Abandoned);

    /// <summary>Sets up the next request; it is not started yet.</summary>
    public void Prepare(RequestNumber number, long due, long ready, bool scheduled)
    {
        (this.due, this.ready, this.scheduled) = (due, ready, scheduled);
        Number = number;
    }

    /// <summary>The prepared request waits for a thread: until one starts it, it may be dropped.</summary>
    public void Queue() => Volatile.Write(ref word, Next(Volatile.Read(ref word)) | Queued);

    // What was seen of a request that ends now.
    private Observation Observe(long end) => new(due, ready, start, end, Request.Marks.ConnectionWait, scheduled);

    // What was seen of a request whose method returned: it may have told more.
    private Observation ObserveReturn(long end)
    {
        var marks = Request.Marks;
        return marks.Any
            ? Observe(Math.Max(marks.LastToken ?? start, Math.Max(start, end - (marks.ReadLag ?? 0)))) with { ReadLag = marks.ReadLag, FirstByte = marks.FirstByte, LastByte = marks.LastByte }
            : Observe(end);
    }

    /// <summary>Starts the prepared open-loop request on this thread and notes how long that kept it.</summary>
    public void Execute()
    {
        // The slot may serve another request by the time Start returns.
        var (clock, cost) = (pass.Clock, pass.Settings.StartCost);
        var now = clock.Now;
        _ = Start(now);
        cost.Observe(clock.Now - now);
    }

    /// <summary>Starts the prepared request, now, unless it was dropped. Returns whether it has already finished and the slot is free.</summary>
    public bool Start(long now)
    {
        start = now;
        Request.Reset(Number.Index, pass.Settings.Seed, pass.Settings.Variant, cancellation.Token);
        var seen = Volatile.Read(ref word);
        if ((seen & StateMask) == Abandoned || Interlocked.CompareExchange(ref word, Next(seen) | Running, seen) != seen)
        {
            return false;
        }

        ExecutionContext.Restore(context);
        if (TryFinish(out var failure))
        {
            return Returned(failure, pass.Clock.Now);
        }

        // From here the continuation may run at any moment, on any thread: nothing of this slot may be touched after it.
        awaiter.UnsafeOnCompleted(continuation);
        return false;
    }

    // Calls the method. True: it has returned, well or not; false: the awaiter is pending.
    private bool TryFinish(out Exception? failure)
    {
        failure = null;
        try
        {
            if (pass.Method.Blocking is { } blocking)
            {
                blocking(Request);
                return true;
            }

#pragma warning disable CA2012 // Consumed once: here or in the continuation.
            awaiter = pass.Method.Asynchronous!(Request).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
            if (!awaiter.IsCompleted)
            {
                return false;
            }

            awaiter.GetResult();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        return true;
    }

    /// <summary>Looked at by the watch: times the request out, and later leaves behind a method that ignores its token.</summary>
    public void Watch(long now, long timeout, long grace)
    {
        var seen = Volatile.Read(ref word);
        switch (seen & StateMask)
        {
            case Running when now - start >= timeout && TryMove(seen, TimingOut):
                var source = cancellation;
                timedOutAt = now;
                spent = true;
                pass.RecordTimeout(this, Observe(start + timeout));
                Volatile.Write(ref word, (seen & ~StateMask) | TimedOut);

                Cancel(source);
                break;
            case TimedOut when now - timedOutAt >= grace && TryMove(seen, Abandoned):
                pass.Abandon(this);
                break;
        }
    }

    /// <summary>Cancels the running request's token: the run is being cut off.</summary>
    public void Cancel() => Cancel(cancellation);

    // On the thread pool: cancelling runs what the method registered or awaits, which may block, and the watch has other requests to see to.
    // Once: where the pool is starved, the watch would fill its queue.
    private void Cancel(CancellationTokenSource source)
    {
        if (source.IsCancellationRequested || ReferenceEquals(source, cancelling))
        {
            return;
        }

        cancelling = source;

        ThreadPool.UnsafeQueueUserWorkItem(
            static cancelling =>
            {
                try
                {
                    cancelling.source.Cancel();
                }
                catch (AggregateException exception)
                {
                    cancelling.pass.Errors.Add(exception, TimeSpan.Zero);
                }
            },
            (pass, source),
            preferLocal: false);
    }

    /// <summary>Drops a request that was not started: the run was cut off.</summary>
    public void Drop()
    {
        var seen = Volatile.Read(ref word);
        if ((seen & StateMask) == Queued && TryMove(seen, Abandoned))
        {
            pass.Drop(this);
        }
    }

    /// <summary>Leaves a running request behind without recording it: the run was cut off and the method did not return.</summary>
    public void CutOff()
    {
        var seen = Volatile.Read(ref word);
        if ((seen & StateMask) is Running or TimedOut && TryMove(seen, Abandoned))
        {
            pass.Abandon(this);
        }
    }

    private void OnReturned()
    {
        Exception? failure = null;
        var end = pass.Clock.Now;
        try
        {
            awaiter.GetResult();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        awaiter = default;
        if (Returned(failure, end))
        {
            User?.Resume();
        }
    }

    // Returns whether the slot is free: it is not when its request was left behind.
    private bool Returned(Exception? failure, long end)
    {
        var spin = default(SpinWait);
        while (true)
        {
            var seen = Volatile.Read(ref word);
            switch (seen & StateMask)
            {
                case Running when TryMove(seen, Idle):
                    Record(failure, end);
                    pass.Release(this);
                    return true;
                case TimedOut when TryMove(seen, Idle):
                    pass.Release(this);
                    return true;
                case TimingOut:
                    // The watch is recording the timeout; it takes microseconds.
                    spin.SpinOnce();
                    break;
                case Abandoned or Idle:
                    return false;
            }
        }
    }

    // Thrown on, an exception would end the process: this is the last frame of the client's thread.
    private void Record(Exception? failure, long end)
    {
        try
        {
            Request.Marks.Close();
            pass.Record(this, ObserveReturn(end), end, failure);
        }
        catch (Exception exception)
        {
            pass.Fault(exception);
        }
    }

    /// <summary>Makes the slot ready for another request; renews its cancellation if that was used up.</summary>
    public void Renew()
    {
        if (spent || !cancellation.TryReset())
        {
            // The old one is not disposed: the watch may be cancelling it now, and without a timer it holds nothing.
            cancellation = new CancellationTokenSource();
            spent = false;
        }
    }

    // The version after this one, without a state.
    private static long Next(long word) => (word | StateMask) + 1;

    private bool TryMove(long seen, long state) =>
        Interlocked.CompareExchange(ref word, (seen & ~StateMask) | state, seen) == seen;
}
