namespace PerfAssert.Load;

/// <summary>
/// Raises the thread pool's minimum while load is sent. A test host keeps pool threads waiting for itself, and on few cores the pool adds
/// one only every 0.5 s: that would be the generator's lateness. Blocking code in a test method still starves it, and is found.
/// </summary>
internal sealed class ThreadPoolFloor : IDisposable
{
    private const int ThreadsPerCore = 8;

    private readonly int workers;
    private readonly int completions;

    private ThreadPoolFloor()
    {
        ThreadPool.GetMinThreads(out workers, out completions);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsPerCore * Environment.ProcessorCount), completions);
    }

    public static ThreadPoolFloor Raise() => new();

    public void Dispose() => ThreadPool.SetMinThreads(workers, completions);
}
