using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace PerfAssert.Load;

/// <summary>
/// A high-resolution waitable timer (Windows 10 1803 and later), which is not bound to the scheduler's tick of up to 15.6 ms. Older
/// systems have none; there <see cref="HybridClock"/> is used.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsClock : LoadClock
{
    // Waits are cut into pieces so that a cancelled run ends soon.
    private const long LongestWait = 50_000_000;

    // Below a microsecond setting a timer takes longer than the wait.
    private const long ShortestWait = 1_000;
    private const uint HighResolution = 2;
    private const uint AllAccess = 0x1F0003;
    private const uint Forever = uint.MaxValue;

    // A timer belongs to the thread that waits for it.
    [ThreadStatic]
    private static SafeWaitHandle? timer;

    /// <summary>Whether this system has such timers.</summary>
    public static bool IsSupported
    {
        get
        {
            using var probe = Create();
            return !probe.IsInvalid;
        }
    }

    public override long Now => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public override bool WaitUntil(long due, CancellationToken cancellationToken)
    {
        timer ??= Create();
        while (true)
        {
            var left = due - Now;
            if (left <= 0)
            {
                return true;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            if (left < ShortestWait)
            {
                Thread.SpinWait(1);
                continue;
            }

            // Negative: from now on, in steps of 100 ns.
            var steps = -(Math.Min(left, LongestWait) / 100);
            if (SetTimer(timer, in steps, 0, 0, 0, false))
            {
                _ = Wait(timer, Forever);
            }
        }
    }

    private static SafeWaitHandle Create() => CreateTimer(0, 0, HighResolution, AllAccess);

    [LibraryImport("kernel32", EntryPoint = "CreateWaitableTimerExW")]
    private static partial SafeWaitHandle CreateTimer(nint attributes, nint name, uint flags, uint access);

    [LibraryImport("kernel32", EntryPoint = "SetWaitableTimer")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetTimer(SafeWaitHandle timer, in long due, int period, nint completion, nint argument, [MarshalAs(UnmanagedType.Bool)] bool resume);

    [LibraryImport("kernel32", EntryPoint = "WaitForSingleObject")]
    private static partial uint Wait(SafeWaitHandle handle, uint milliseconds);
}
