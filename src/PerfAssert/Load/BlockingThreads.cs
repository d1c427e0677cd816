using System.Collections.Concurrent;

namespace PerfAssert.Load;

/// <summary>Threads for a method that blocks: as many as requests are in flight, kept for the next, so that the thread pool stays free.</summary>
internal sealed class BlockingThreads
{
    private const int StackSize = 256 * 1024;

    private readonly BlockingCollection<RequestSlot> queue = [];
    private int idle;

    public void Run(RequestSlot slot)
    {
        // Each queued request claims one idle thread; without one, a thread is started for it.
        if (Interlocked.Decrement(ref idle) < 0)
        {
            Interlocked.Increment(ref idle);
            Start(Work, "PerfAssert request");
        }

        queue.Add(slot);
    }

    public void Stop() => queue.CompleteAdding();

    /// <summary>Starts a thread that a blocking method may keep.</summary>
    /// <exception cref="InvalidOperationException">The system gives no more threads.</exception>
    public static void Start(ThreadStart work, string name)
    {
        try
        {
            new Thread(work, StackSize) { IsBackground = true, Name = name }.UnsafeStart();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            throw new InvalidOperationException(
                "The system gives this process no more threads, and a method that blocks takes one for each request in flight: " +
                "return a Task, lower MaxInFlight or the number of users, or raise the limit (ulimit -u, pids.max of the container).", exception);
        }
    }

    private void Work()
    {
        foreach (var slot in queue.GetConsumingEnumerable())
        {
            slot.Execute();
            Interlocked.Increment(ref idle);
        }
    }
}
