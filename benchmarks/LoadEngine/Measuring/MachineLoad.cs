using System.Globalization;

namespace LoadEngine.Measuring;

/// <summary>What all programs of the machine do.</summary>
internal static class MachineLoad
{
    // USER_HZ, the unit of times in /proc, on every architecture of today.
    private const double TicksPerSecond = 100;

    /// <summary>
    /// CPU seconds of all processes and of those that they waited for; the difference of two readings means something. Summed over them: the
    /// columns of <c>/proc/stat</c> are guesses at ticks on most kernels, and what they leave over idle times is mostly cores going to sleep and
    /// waking up.
    /// </summary>
    public static double CpuSeconds => Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])).Sum(process =>
    {
        try
        {
            return Times(process).Sum();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }
    });

    /// <summary>CPU seconds of one process, user and system, all threads.</summary>
    public static double CpuSecondsOf(int process) => Times($"/proc/{process}").Take(2).Sum();

    // utime, stime, cutime and cstime.
    private static IEnumerable<double> Times(string process)
    {
        var text = File.ReadAllText(process + "/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ')[11..15].Select(time => double.Parse(time, CultureInfo.InvariantCulture) / TicksPerSecond);
    }
}
