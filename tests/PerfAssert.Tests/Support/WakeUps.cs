using HdrHistogram;
using PerfAssert.Load;

namespace PerfAssert.Tests.Support;

/// <summary>
/// How late this machine wakes a sleeping thread just now: the control of a test on real time. A request needs about four wake-ups (the
/// pacer, the server, the client's socket, its continuation), and none of them is the engine's to shorten.
/// </summary>
internal sealed class WakeUps : IDisposable
{
    private const int PerRequest = 4;

    private readonly LongHistogram late = new(10_000_000_000, 3);
    private readonly CancellationTokenSource stop = new();
    private readonly Thread thread;

    private WakeUps(TimeSpan period)
    {
        thread = new Thread(() => Run(period.Ticks * 100)) { IsBackground = true, Name = "wake-ups" };
        thread.Start();
    }

    public static WakeUps Watch(TimeSpan period) => new(period);

    /// <summary>
    /// What wake-ups add to a percentile of the latencies, in nanoseconds: the mean where the service time decides which requests those
    /// are, more where the wake-ups do. Ends the watching.
    /// </summary>
    public double OfARequest(double percentile)
    {
        End();
        return PerRequest * Math.Max(late.GetMean(), late.GetValueAtPercentile(percentile));
    }

    public void Dispose()
    {
        End();
        stop.Dispose();
    }

    private void End()
    {
        if (thread.IsAlive)
        {
            stop.Cancel();
            thread.Join();
        }
    }

    private void Run(long period)
    {
        var clock = LoadClock.System;
        clock.PrepareThread();
        for (var due = clock.Now + period; clock.WaitUntil(due, stop.Token); due = Math.Max(due + period, clock.Now))
        {
            late.RecordValue(Math.Clamp(clock.Now - due, 0, 10_000_000_000));
        }
    }
}
