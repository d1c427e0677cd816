using System.Globalization;

namespace PerfAssert.Load;

/// <summary>
/// How the cores this process may use were used, by anybody, and how long this process's threads were ready to run and had none. From
/// <c>/proc</c>, so on Linux only.
/// </summary>
/// <param name="Waits">Ready to run and not running, in nanoseconds, by thread: those alive now that carry requests.</param>
/// <param name="Idle">Idle time of the allowed cores, in clock ticks.</param>
/// <param name="All">All time of the allowed cores, in clock ticks.</param>
internal sealed record CoreUsage(IReadOnlyDictionary<string, long> Waits, long Idle, long All)
{
    /// <summary>Reads it; <see langword="null"/> where it cannot be known.</summary>
    public static CoreUsage? Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var (idle, all) = Cores(AllowedCores());
            return new CoreUsage(ReadyTimes(), idle, all);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>How long threads waited for a core since an earlier reading. Those that ended meanwhile take their last waits with them.</summary>
    public TimeSpan WaitedSince(CoreUsage earlier) =>
        TimeSpan.FromTicks(Waits.Sum(thread => Math.Max(0, thread.Value - earlier.Waits.GetValueOrDefault(thread.Key))) / 100);

    // schedstat: time on a core, time ready and waiting for one, both in nanoseconds, and turns.
    private static Dictionary<string, long> ReadyTimes()
    {
        var waits = new Dictionary<string, long>();
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                // The compiler's and the runtime's own threads may wait: no request does for them.
                var name = File.ReadAllText(thread + "/comm");
                if (!CarriesRequests(name))
                {
                    continue;
                }

                waits[thread] = Number(File.ReadAllText(thread + "/schedstat").Split(' ')[1]);
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return waits;
    }

    // Linux keeps fifteen characters of a name.
    private static bool CarriesRequests(string name) =>
        name.StartsWith(".NET TP", StringComparison.Ordinal) || name.StartsWith(".NET Sockets", StringComparison.Ordinal)
        || name.StartsWith("PerfAssert", StringComparison.Ordinal);

    private static HashSet<string> AllowedCores()
    {
        const string Key = "Cpus_allowed_list:";
        var list = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..];
        return
        [
            .. list.Trim().Split(',').Select(range => range.Split('-')).SelectMany(ends =>
                Enumerable.Range((int)Number(ends[0]), (int)(Number(ends[^1]) - Number(ends[0])) + 1).Select(core => $"cpu{core}")),
        ];
    }

    // user nice system idle iowait irq softirq steal: what other virtual machines took is no idle time.
    private static (long Idle, long All) Cores(HashSet<string> allowed)
    {
        var (idle, all) = (0L, 0L);
        foreach (var fields in File.ReadLines("/proc/stat").Select(line => line.Split(' ')).Where(fields => allowed.Contains(fields[0])))
        {
            idle += Number(fields[4]) + Number(fields[5]);
            all += fields.Skip(1).Take(8).Sum(Number);
        }

        return (idle, all);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
