namespace PerfAssert.Load;

/// <summary>Threads that send requests: what they waited for a core counts after their end as well.</summary>
internal static class LoadThread
{
    /// <summary>Of threads of which there may be thousands, in bytes.</summary>
    public const int SmallStack = 256 * 1024;

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">The system gives this process no more threads.</exception>
    public static Thread Start(Action work, string name, int stackSize = 0)
    {
        var thread = new Thread(Run, stackSize) { IsBackground = true, Name = name };
        try
        {
            thread.UnsafeStart();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            throw new InvalidOperationException(
                "The system gives this process no more threads, and a method that blocks takes one for each request in flight: " +
                "return a Task, lower MaxInFlight or the number of users, or raise the limit (ulimit -u, pids.max of the container).", exception);
        }

        return thread;

        void Run()
        {
            work();
            CoreUsage.LeaveWait();
        }
    }
}
