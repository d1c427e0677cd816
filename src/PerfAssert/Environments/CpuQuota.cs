using System.Globalization;

namespace PerfAssert.Environments;

/// <summary>
/// CPU time that the control group of this process (a container, a systemd unit) may use, and how often that stopped it; from both
/// versions of control groups, so on Linux only.
/// </summary>
/// <param name="Cores">As a number of cores, such as 1.5.</param>
/// <param name="Period">How often it is granted anew.</param>
/// <param name="Throttled">How long runnable threads were stopped, summed over the cores they were on.</param>
/// <param name="ThrottledPeriods">Periods in which they were.</param>
internal sealed record CpuQuota(double Cores, TimeSpan Period, TimeSpan Throttled, long ThrottledPeriods)
{
    /// <summary>Reads the smallest quota from the process's own group upwards; <see langword="null"/>: none, or not known.</summary>
    /// <param name="root">Of the file system.</param>
    public static CpuQuota? Read(string root = "/")
    {
        try
        {
            return File.ReadLines(Path.Combine(root, "proc/self/cgroup"))
                .SelectMany(line => Folders(root, line))
                .Select(OfFolder)
                .OfType<CpuQuota>()
                .MinBy(quota => quota.Cores);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>How long the process was stopped since an earlier reading, at most: several cores stop in the same period.</summary>
    public TimeSpan StoppedSince(CpuQuota earlier)
    {
        var (summed, periods) = (Throttled - earlier.Throttled, Period * (ThrottledPeriods - earlier.ThrottledPeriods));
        return summed < periods ? summed : periods;
    }

    // A line is "0::/path" in version 2 and "4:cpu,cpuacct:/path" in version 1. The path may be the host's, of which a container sees the end only.
    private static IEnumerable<string> Folders(string root, string line)
    {
        var parts = line.Split(':', 3);
        var mount = parts[1].Length == 0 ? "sys/fs/cgroup"
            : parts[1].Split(',').Contains("cpu") ? "sys/fs/cgroup/cpu"
            : null;
        if (mount is null)
        {
            yield break;
        }

        var top = Path.Combine(root, mount);
        for (var folder = top + parts[2].TrimEnd('/'); folder.Length >= top.Length; folder = Path.GetDirectoryName(folder)!)
        {
            yield return folder;
        }
    }

    private static CpuQuota? OfFolder(string folder)
    {
        var (quota, period) = Limit(folder);
        if (quota <= 0)
        {
            return null;
        }

        // Microseconds in version 2, nanoseconds in version 1.
        var counts = Lines(folder, "cpu.stat").Select(line => line.Split(' ')).ToDictionary(count => count[0], count => Number(count[1]));
        var nanoseconds = (counts.GetValueOrDefault("throttled_usec") * 1000) + counts.GetValueOrDefault("throttled_time");
        return new CpuQuota(
            (double)quota / period,
            TimeSpan.FromMicroseconds(period),
            TimeSpan.FromTicks(nanoseconds / 100),
            counts.GetValueOrDefault("nr_throttled"));
    }

    // In microseconds. A quota that is no positive number is none: "max" in version 2, -1 in version 1.
    private static (long Quota, long Period) Limit(string folder)
    {
        string[] fields =
        [
            .. Lines(folder, "cpu.max").SelectMany(line => line.Split(' ')),
            .. Lines(folder, "cpu.cfs_quota_us"),
            .. Lines(folder, "cpu.cfs_period_us"),
        ];
        return fields is [not "max", _] ? (Number(fields[0]), Number(fields[1])) : default;
    }

    private static string[] Lines(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? File.ReadAllLines(Path.Combine(folder, file)) : [];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
