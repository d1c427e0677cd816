using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PerfAssert.Load;

/// <summary>
/// Absolute <c>clock_nanosleep</c> on CLOCK_MONOTONIC, which is also what Stopwatch reads on Linux. The pacing thread's timer slack is
/// lowered from 50 µs to 1 ns and its scheduler slice to 0.1 ms, so that it is not kept waiting behind a busy neighbour.
/// </summary>
internal sealed partial class LinuxClock : LoadClock
{
    // Waits are cut into pieces so that a cancelled run ends soon.
    private const long LongestWait = 50_000_000;
    private const int MonotonicClock = 1;
    private const int AbsoluteTime = 1;
    private const int SetTimerSlack = 29;
    private const ulong SchedulerSlice = 100_000;
    private const uint NormalPolicy = 0;

    // Of the structure's first version.
    private const uint AttributesSize = 48;

    public override long Now => Stopwatch.GetTimestamp();

    public override void PrepareThread()
    {
        _ = Control(SetTimerSlack, 1, 0, 0, 0);
        var (set, get) = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => (314, 315),
            Architecture.Arm64 => (274, 275),
            _ => (0, 0),
        };

        // Whoever gave the process another priority or a real-time class keeps it.
        if (set != 0 && GetScheduler(get, 0, out var attributes, AttributesSize, 0) == 0 && attributes.Policy == NormalPolicy)
        {
            // A kernel without custom slices refuses or does nothing; then sends are later, and the result's send lag says how late.
            attributes.Runtime = SchedulerSlice;
            _ = SetScheduler(set, 0, in attributes, 0);
        }
    }

    public override bool WaitUntil(long due, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = Now;
            if (now >= due)
            {
                return true;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            var (seconds, nanoseconds) = Math.DivRem(Math.Min(due, now + LongestWait), 1_000_000_000L);
            var until = new TimeSpec { Seconds = (nint)seconds, Nanoseconds = (nint)nanoseconds };
            _ = Sleep(MonotonicClock, AbsoluteTime, in until, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int Sleep(int clock, int flags, in TimeSpec until, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint value, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint GetScheduler(nint number, int thread, out SchedulerAttributes attributes, uint size, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SetScheduler(nint number, int thread, in SchedulerAttributes attributes, uint flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SchedulerAttributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
