using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace PerfAssert.Load;

/// <summary>
/// Open loop: one thread walks the absolute schedule and hands each arrival to the thread pool, or to threads of its own for a
/// blocking method, so that a slow start delays no other arrival unseen.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Lightweight events hold no handle here, and late methods may still set them.")]
internal sealed class OpenLoopPass : RequestPass
{
    private readonly ConcurrentQueue<RequestSlot> free = new();
    private readonly ManualResetEventSlim placeFreed = new();
    private readonly BlockingThreads? threads;
    private int inFlight;
    private int waiting;

    public OpenLoopPass(PassSettings settings)
        : base(settings) => threads = Method.Blocking is null ? null : new BlockingThreads();

    public override void Release(RequestSlot slot)
    {
        free.Enqueue(slot);
        PlaceFreed();
    }

    public override void Continue(RequestSlot slot)
    {
    }

    protected override void Left(RequestSlot slot) => PlaceFreed();

    protected override void Send()
    {
        // A moment to get the first wait right.
        var start = Clock.Now + 1_000_000;
        var index = 0L;
        var seed = Seed;
        foreach (var phase in Settings.Phases)
        {
            var schedule = ArrivalSchedule.For(phase, Settings.Arrivals, seed++);
            var measured = Settings.IsMeasured(phase);
            if (measured)
            {
                BeginMeasured(start);
                ScheduledSpan += TimeSpan.FromTicks(schedule.Length / 100);
            }

            while (schedule.TryNext(out var offset))
            {
                Scheduled += measured ? 1 : 0;
                if (!Clock.WaitUntil(start + offset, Stop))
                {
                    Drain();
                    return;
                }

                Dispatch(measured ? index++ : 0, start + offset, measured);
            }

            start += schedule.Length;
        }

        Drain();
    }

    private void Dispatch(long index, long due, bool measured)
    {
        var ready = due;
        if (Volatile.Read(ref inFlight) >= Settings.MaxInFlight)
        {
            WaitWhile(() => Volatile.Read(ref inFlight) >= Settings.MaxInFlight && !Stop.IsCancellationRequested);
            ready = Math.Max(due, Clock.Now);
        }

        var slot = Rent();
        slot.Prepare(index, due, ready, measured, scheduled: true);
        Interlocked.Increment(ref inFlight);
        if (threads is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(slot, preferLocal: false);
        }
        else
        {
            threads.Run(slot);
        }
    }

    private RequestSlot Rent()
    {
        while (free.TryDequeue(out var slot))
        {
            if (slot.TryRenew())
            {
                return slot;
            }
        }

        var created = new RequestSlot(this, Clock);
        Register(created);
        return created;
    }

    private void Drain()
    {
        WaitWhile(() => Volatile.Read(ref inFlight) > 0);
        threads?.Stop();
    }

    private void WaitWhile(Func<bool> condition)
    {
        Volatile.Write(ref waiting, 1);
        while (condition())
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
