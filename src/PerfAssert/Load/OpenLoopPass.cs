using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace PerfAssert.Load;

/// <summary>
/// Open loop: one thread walks the absolute schedule. It starts each request itself while starts are short against the gap between
/// arrivals, and hands them to the thread pool when they are not; a blocking method gets threads of its own. A start that keeps
/// the pacing thread all the same costs it its place: another thread goes on.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Lightweight events hold no handle here, and late methods may still set them.")]
internal sealed class OpenLoopPass : RequestPass
{
    private readonly ConcurrentQueue<RequestSlot> free = new();
    private readonly ManualResetEventSlim placeFreed = new();
    private readonly BlockingThreads? threads;
    private readonly StartCost cost;
    private readonly WakeMargin wake;
    private ArrivalSchedule? schedule;
    private Stretch stretch = Stretch.None;
    private int nextPhase;
    private long gap;
    private bool sent;
    private long endedAt = long.MaxValue;
    private long nextIndex;
    private long nextPosition;
    private int inFlight;
    private int waiting;

    // What was due before this waited for a place as well: the arrival in front of it did.
    private long waitedUntil;

    // Counts up at the begin and at the end of each start on the pacing thread: odd is inside of one.
    private long inlineStarts;
    private long seenInline;

    // Pacing threads that lost their place and have not come back.
    private int kept;

    public OpenLoopPass(PassSettings settings)
        : base(settings)
    {
        threads = Method.Blocking is null ? null : new BlockingThreads();
        cost = settings.StartCost;
        wake = settings.WakeMargin;
        nextIndex = settings.FirstIndex;
    }

    public override long NextIndex => nextIndex;

    public override bool IsMeasuring => stretch is { Measured: true } now && Clock.Now >= now.Start && !Volatile.Read(ref sent);

    public override TimeSpan ScheduledSpan => Time(stretch.MeasuredUntil(Until));

    // A schedule is kept up to its end, however early its last request is answered.
    public override TimeSpan SpanUntil(long lastEnd)
    {
        var (now, until) = (stretch, Until);
        return Time(now.MeasuredUntil(until) + Math.Max(0, lastEnd - Math.Min(now.MeasuredEnd, until)));
    }

    private long Until => Volatile.Read(ref sent) && !CutShort ? long.MaxValue : Math.Min(Clock.Now, Volatile.Read(ref endedAt));

    public override void Release(RequestSlot slot)
    {
        free.Enqueue(slot);
        PlaceFreed();
    }

    protected override void Left(RequestSlot slot) => PlaceFreed();

    protected override void Close() => threads?.Stop();

    public override bool PacerMayBeKept => threads is null;

    /// <summary>An inline start that is still the same one at the next look has kept the pacing thread: another one goes on.</summary>
    public override void WatchPacer()
    {
        var now = Volatile.Read(ref inlineStarts);
        if (IsInside(now) && now == seenInline && Interlocked.CompareExchange(ref inlineStarts, now + 1, now) == now)
        {
            Interlocked.Increment(ref kept);
            StartPacer();
        }

        seenInline = now;
    }

    // Everything it needs to go on is in fields, and written before each start of a request: another thread may take over there.
    protected override bool Send()
    {
        while (NextPhase())
        {
            while (schedule!.TryNext(out var offset))
            {
                var due = stretch.Start + offset;
                if (!WaitUntil(due) || !WaitForPlace(due, out var ready))
                {
                    // What was sent is the schedule's beginning, whole: it ends where the first arrival was not sent.
                    Volatile.Write(ref endedAt, Math.Min(due, Clock.Now));
                    CutShort = true;
                    Drain();
                    return true;
                }

                stretch.LastUntil(offset);
                Scheduled += stretch.Measured ? 1 : 0;
                if (!Dispatch(due, ready))
                {
                    return false;
                }
            }

            schedule = null;
        }

        Drain();
        return true;
    }

    private static TimeSpan Time(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100);

    private static bool IsInside(long inlineStarts) => (inlineStarts & 1) == 1;

    private bool NextPhase()
    {
        if (schedule is not null)
        {
            return true;
        }

        if (nextPhase == Settings.Phases.Length)
        {
            return false;
        }

        // A moment to get the first wait right.
        var start = nextPhase == 0 ? Clock.Now + 1_000_000 : stretch.End;
        var phase = Settings.Phases[nextPhase];
        schedule = ArrivalSchedule.For(phase, Settings.Arrivals, Settings.ArrivalSeed + nextPhase);
        gap = schedule.Length / Math.Max(1, schedule.ExpectedCount);
        cost.ArrivalsEvery(gap);
        stretch = stretch.Then(start, schedule.Length, PassSettings.IsMeasured(phase, Settings.Phases));
        nextPhase++;
        if (stretch.Measured)
        {
            BeginMeasured(start, stretch.Before);
        }

        return true;
    }

    private bool WaitUntil(long due)
    {
        // Behind its schedule it never waits, and has to end all the same.
        if (SendingEnded.IsCancellationRequested)
        {
            return false;
        }

        var rise = due - wake.Before(gap);
        var sleeps = Clock.Now < rise;
        if (!Clock.WaitUntil(rise, SendingEnded))
        {
            return false;
        }

        var now = Clock.Now;
        if (sleeps)
        {
            wake.Observe(now - rise);
        }

        while (now < due)
        {
            Thread.SpinWait(1);
            now = Clock.Now;
        }

        return true;
    }

    private bool WaitForPlace(long due, out long ready)
    {
        if (Volatile.Read(ref inFlight) >= Settings.MaxInFlight)
        {
            WaitWhile(static pass => Volatile.Read(ref pass.inFlight) >= pass.Settings.MaxInFlight && !pass.SendingEnded.IsCancellationRequested);
            waitedUntil = Clock.Now;
        }

        ready = Math.Max(due, waitedUntil);
        return !SendingEnded.IsCancellationRequested;
    }

    // Returns whether this thread still paces.
    private bool Dispatch(long due, long ready)
    {
        var slot = Rent();
        slot.Prepare(new RequestNumber(nextIndex++, stretch.Measured ? nextPosition++ : null), due, ready, scheduled: true);
        Interlocked.Increment(ref inFlight);
        if (threads is not null)
        {
            slot.Queue();
            threads.Run(slot);
            return true;
        }

        if (!cost.Fits || Volatile.Read(ref kept) > 0)
        {
            slot.Queue();
            ThreadPool.UnsafeQueueUserWorkItem(slot, preferLocal: false);
            return true;
        }

        var inside = Volatile.Read(ref inlineStarts) + 1;
        Volatile.Write(ref inlineStarts, inside);
        slot.Execute();
        if (Interlocked.CompareExchange(ref inlineStarts, inside + 1, inside) == inside)
        {
            return true;
        }

        Interlocked.Decrement(ref kept);
        return false;
    }

    private RequestSlot Rent()
    {
        if (free.TryDequeue(out var slot))
        {
            slot.Renew();
            return slot;
        }

        var created = new RequestSlot(this, Clock);
        Slots.Add(created);
        return created;
    }

    private void Drain()
    {
        Volatile.Write(ref sent, true);
        WaitWhile(static pass => Volatile.Read(ref pass.inFlight) > 0);
    }

    // Static conditions: each arrival of an overload waits here, and makes no delegate.
    private void WaitWhile(Func<OpenLoopPass, bool> condition)
    {
        Volatile.Write(ref waiting, 1);
        while (condition(this))
        {
            placeFreed.Wait(10);
            placeFreed.Reset();
        }

        Volatile.Write(ref waiting, 0);
    }

    private void PlaceFreed()
    {
        Interlocked.Decrement(ref inFlight);
        if (Volatile.Read(ref waiting) == 1)
        {
            placeFreed.Set();
        }
    }
}
