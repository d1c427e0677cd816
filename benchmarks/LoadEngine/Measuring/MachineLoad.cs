using System.Diagnostics;
using System.Globalization;

namespace LoadEngine.Measuring;

/// <summary>What all cores of the machine do.</summary>
internal static class MachineLoad
{
    // USER_HZ, the unit of times in /proc, on every architecture of today.
    public const double TicksPerSecond = 100;

    /// <summary>
    /// CPU seconds of all programs and the kernel; the difference of two readings means something. What was not idle: idle times are measured, while
    /// most kernels guess the others at each tick, and a generator that keeps step with the ticks is at work at all of them or at none.
    /// </summary>
    public static double BusySeconds
    {
        get
        {
            var lines = File.ReadLines("/proc/stat").TakeWhile(line => line.StartsWith("cpu", StringComparison.Ordinal)).ToList();
            var (now, cores) = (Stopwatch.GetTimestamp(), lines.Count - 1);
            double[] times = [.. lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

            // user, nice, system, idle, iowait, irq, softirq; then steal, which is not this machine's.
            return ((double)now / Stopwatch.Frequency * cores) - ((times[3] + times[4] + times[7]) / TicksPerSecond);
        }
    }
}
