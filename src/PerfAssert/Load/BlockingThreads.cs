using System.Collections.Concurrent;

namespace PerfAssert.Load;

/// <summary>Threads for a method that blocks: as many as requests are in flight, kept for the next, so that the thread pool stays free.</summary>
internal sealed class BlockingThreads
{
    private readonly BlockingCollection<RequestSlot> queue = [];
    private int idle;

    public void Run(RequestSlot slot)
    {
        // Each queued request claims one idle thread; without one, a thread is started for it.
        if (Interlocked.Decrement(ref idle) < 0)
        {
            Interlocked.Increment(ref idle);
            LoadThread.Start(Work, "PerfAssert request", LoadThread.SmallStack);
        }

        queue.Add(slot);
    }

    public void Stop() => queue.CompleteAdding();

    private void Work()
    {
        foreach (var slot in queue.GetConsumingEnumerable())
        {
            slot.Execute();
            Interlocked.Increment(ref idle);
        }
    }
}
