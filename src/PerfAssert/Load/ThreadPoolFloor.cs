namespace PerfAssert.Load;

/// <summary>
/// Raises the thread pool's minimum while load is sent. A test host keeps pool threads waiting for itself, and on few cores the pool adds
/// one only every 0.5 s: that would be the generator's lateness. Blocking code in a test method still starves it, and is found.
/// </summary>
internal sealed class ThreadPoolFloor : IDisposable
{
    // Two cost a tenth of the rate and a tenth more CPU: they only take turns on the core (benchmarks/LoadEngine, closed loop).
    private const int MostPerCore = 1;

    private readonly int workers;
    private readonly int completions;

    private ThreadPoolFloor(int threads)
    {
        ThreadPool.GetMinThreads(out workers, out completions);
        ThreadPool.SetMinThreads(Math.Max(workers, KeptThreads() + Math.Min(threads, MostPerCore * Environment.ProcessorCount)), completions);
    }

    /// <summary>Raises the minimum.</summary>
    /// <param name="threads">Threads that requests may keep at work at once.</param>
    public static ThreadPoolFloor Raise(int threads) => new(threads);

    public void Dispose() => ThreadPool.SetMinThreads(workers, completions);

    // On top: those at work now, which the host, or a method left behind, may keep for as long as the load lasts.
    private static int KeptThreads()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return most - available - (Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
    }
}
