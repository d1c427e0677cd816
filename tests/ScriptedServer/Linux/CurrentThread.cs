using System.Runtime.InteropServices;

namespace Scripted.Linux;

/// <summary>Settings of the calling thread.</summary>
internal static class CurrentThread
{
    private const ulong SchedulerSlice = 100_000;

    /// <summary>
    /// Wakes on time: timer slack of 1 ns instead of 50 µs, and a scheduler slice of 0.1 ms, so that it is not kept waiting behind a busy
    /// neighbour. A kernel that refuses makes later answers, which the log shows.
    /// </summary>
    public static void MakePrompt()
    {
        _ = Libc.Control(Libc.SetTimerSlack, 1, 0, 0, 0);
        var number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 314,
            Architecture.Arm64 => 274,
            _ => 0,
        };
        if (number != 0)
        {
            var attributes = new SchedulerAttributes { Size = SchedulerAttributes.FirstVersionSize, Runtime = SchedulerSlice };
            _ = Libc.SetScheduler(number, 0, in attributes, 0);
        }
    }
}
