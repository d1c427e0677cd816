using System.Globalization;

namespace LoadEngine.Measuring;

/// <summary>What all cores of the machine do.</summary>
internal static class MachineLoad
{
    // USER_HZ, the unit of times in /proc, on every architecture of today.
    public const double TicksPerSecond = 100;

    /// <summary>CPU seconds of all programs and the kernel since the machine started.</summary>
    public static double BusySeconds
    {
        get
        {
            double[] times =
            [
                .. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                    .Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
            ];

            // user, nice, system, idle, iowait, irq, softirq; then steal, which is not this machine's, and guest, which is in user.
            return (times[0] + times[1] + times[2] + times[5] + times[6]) / TicksPerSecond;
        }
    }
}
