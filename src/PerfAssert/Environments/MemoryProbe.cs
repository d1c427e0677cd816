using System.Globalization;

namespace PerfAssert.Environments;

/// <summary>The memory this process may use.</summary>
internal static class MemoryProbe
{
    private const double GiB = 1024d * 1024 * 1024;

    public static int ReadGiB() => ToGiB(OperatingSystem.IsLinux() ? OnLinux() : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    public static int ToGiB(long bytes) => Math.Max(1, (int)Math.Round(bytes / GiB, MidpointRounding.AwayFromZero));

    /// <summary>The total in the text of <c>/proc/meminfo</c>, in bytes.</summary>
    public static long? FromMemInfo(string text) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith("MemTotal:", StringComparison.Ordinal)) is { } line
        && long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes * 1024
            : null;

    /// <summary>
    /// The files that may hold this process's memory limit, by the text of <c>/proc/self/cgroup</c>: its own group's and those of every
    /// group above it, for version 2 (<c>0::/a/b</c>) and version 1 (<c>5:memory:/a/b</c>).
    /// </summary>
    public static IEnumerable<string> LimitFiles(string cgroups)
    {
        foreach (var parts in cgroups.Split('\n').Select(line => line.Trim().Split(':', 3)).Where(parts => parts.Length == 3))
        {
            var (root, file) = parts[1].Length == 0
                ? ("/sys/fs/cgroup", "memory.max")
                : ("/sys/fs/cgroup/memory", "memory.limit_in_bytes");
            if (parts[1].Length > 0 && !parts[1].Split(',').Contains("memory"))
            {
                continue;
            }

            for (var group = parts[2].TrimEnd('/'); ; group = group[..group.LastIndexOf('/')])
            {
                yield return $"{root}{group}/{file}";
                if (!group.Contains('/', StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
    }

    // Not the garbage collector's figure: in a container that is 75 % of the limit, or whatever the heap's own limit was set to.
    private static long OnLinux()
    {
        var total = FromMemInfo(TextFile.TryRead("/proc/meminfo") ?? string.Empty) ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return LimitFiles(TextFile.TryRead("/proc/self/cgroup") ?? string.Empty)
            .Select(file => long.TryParse(TextFile.TryRead(file), CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue)
            .Append(total)
            .Min();
    }
}
