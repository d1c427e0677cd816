using System.Diagnostics;

namespace Scripted.Linux;

/// <summary>CLOCK_MONOTONIC in nanoseconds, which is what Stopwatch reads on Linux: stamps of all processes of a machine compare.</summary>
internal static class MonotonicClock
{
    public static long Now => Stopwatch.GetTimestamp();

    public static void SleepUntil(long due)
    {
        // A signal that is handled wakes the thread early.
        while (Now < due)
        {
            var until = TimeSpec.FromNanoseconds(due);
            _ = Libc.Sleep(Libc.MonotonicClock, Libc.AbsoluteTime, in until, 0);
        }
    }
}
