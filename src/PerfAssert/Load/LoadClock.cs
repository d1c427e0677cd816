namespace PerfAssert.Load;

/// <summary>
/// The engine's only source of time: a monotonic reading in nanoseconds and a precise wait until one. The seam that tests replace,
/// so that schedules are tested without sleeping. The wall clock is never used.
/// </summary>
internal abstract class LoadClock
{
    /// <summary>The best clock this system has.</summary>
    public static LoadClock System { get; } =
        OperatingSystem.IsLinux() ? new LinuxClock()
        : OperatingSystem.IsWindows() && WindowsClock.IsSupported ? new WindowsClock()
        : new HybridClock();

    /// <summary>Nanoseconds since some fixed moment; never goes back.</summary>
    public abstract long Now { get; }

    /// <summary>Prepares the calling thread for precise waits; called once by each thread that paces.</summary>
    public virtual void PrepareThread()
    {
    }

    /// <summary>Waits until <see cref="Now"/> is at least <paramref name="due"/>; returns at once when it is.</summary>
    /// <returns><see langword="false"/> when cancelled before.</returns>
    public abstract bool WaitUntil(long due, CancellationToken cancellationToken);
}
