using System.Collections.Concurrent;
using System.Globalization;
using PerfAssert.Environments;

namespace PerfAssert.Load;

/// <summary>
/// How the cores this process may use were used, by anybody, and how long this process's threads were ready to run and had none. From
/// <c>/proc</c>, so on Linux only.
/// </summary>
/// <param name="Waits">Ready to run and not running, in nanoseconds, by thread: those that carry requests and live, or have ended since the last reading.</param>
/// <param name="Idle">Idle time of the allowed cores, summed over them.</param>
/// <param name="Stolen">Time for which the hypervisor gave them to others while this machine wanted them, summed likewise; zero where it does not tell.</param>
/// <param name="Cores">How many those are; 0 where it is not known (no counter has counted), or a quota allows less than they have.</param>
/// <param name="Quota">What the process may use of them; <see langword="null"/>: all.</param>
internal sealed record CoreUsage(IReadOnlyDictionary<string, long> Waits, TimeSpan Idle, TimeSpan Stolen, int Cores, CpuQuota? Quota)
{
    // USER_HZ, the unit of times in /proc/stat, on every architecture of today.
    private const int TicksPerSecond = 100;

    private static readonly ConcurrentQueue<(string Thread, long Wait)> Ended = new();

    /// <summary>Reads it; <see langword="null"/> where it cannot be known.</summary>
    /// <param name="root">Of the file system.</param>
    public static CoreUsage? Read(string root = "/")
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var waits = ReadyTimes(root);
            var (quota, allowed) = (CpuQuota.Read(root), AllowedCores(root));
            var (idle, stolen, cores) = quota?.Cores < allowed.Count ? default : Times(root, allowed);
            return new CoreUsage(waits, idle, stolen, cores, quota);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Called by a thread as the last thing it does: nobody can ask it how long it waited once it has ended.</summary>
    public static void LeaveWait()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            if (File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false) is { } thread)
            {
                Ended.Enqueue((thread.Name, Wait(thread.FullName)));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            // Not known, as for other threads.
        }
    }

    /// <summary>How long threads waited for a core since an earlier reading. Pool threads that ended meanwhile take their last waits with them.</summary>
    public TimeSpan WaitedSince(CoreUsage earlier) =>
        TimeSpan.FromTicks(Waits.Sum(thread => Math.Max(0, thread.Value - earlier.Waits.GetValueOrDefault(thread.Key))) / 100);

    private static Dictionary<string, long> ReadyTimes(string root)
    {
        var waits = new Dictionary<string, long>();
        foreach (var thread in Directory.EnumerateDirectories(Path.Combine(root, "proc/self/task")))
        {
            try
            {
                // The compiler's and the runtime's own threads may wait: no request does for them.
                var name = File.ReadAllText(thread + "/comm");
                if (!CarriesRequests(name))
                {
                    continue;
                }

                waits[Path.GetFileName(thread)] = Wait(thread);
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        // One that is about to end was seen alive as well.
        while (Ended.TryDequeue(out var ended))
        {
            waits[ended.Thread] = ended.Wait;
        }

        return waits;
    }

    // schedstat: time on a core, time ready and waiting for one, both in nanoseconds, and turns.
    private static long Wait(string thread) => Number(File.ReadAllText(thread + "/schedstat").Split(' ')[1]);

    // Linux keeps fifteen characters of a name.
    private static bool CarriesRequests(string name) =>
        name.StartsWith(".NET TP", StringComparison.Ordinal) || name.StartsWith(".NET Sockets", StringComparison.Ordinal)
        || name.StartsWith("PerfAssert", StringComparison.Ordinal);

    private static HashSet<string> AllowedCores(string root)
    {
        const string Key = "Cpus_allowed_list:";
        var line = File.ReadLines(Path.Combine(root, "proc/self/status")).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? [] :
        [
            .. line[Key.Length..].Trim().Split(',').Select(range => range.Split('-')).SelectMany(ends =>
                Enumerable.Range((int)Number(ends[0]), (int)(Number(ends[^1]) - Number(ends[0])) + 1).Select(core => $"cpu{core}")),
        ];
    }

    // user nice system idle iowait irq softirq steal ...: idle times are measured, and steal by the hypervisor. Most kernels guess the others at
    // each tick, and a load that keeps step with the ticks is at work at all of them or at none.
    private static (TimeSpan Idle, TimeSpan Stolen, int Cores) Times(string root, HashSet<string> allowed)
    {
        var (idle, stolen, all, cores) = (0L, 0L, 0L, 0);
        foreach (var fields in File.ReadLines(Path.Combine(root, "proc/stat")).Select(line => line.Split(' ')).Where(fields => allowed.Contains(fields[0])))
        {
            idle += Number(fields[4]) + Number(fields[5]);
            stolen += Number(fields[8]);
            all += fields.Skip(1).Sum(Number);
            cores++;
        }

        // A kernel in a sandbox may count nothing at all: that is no core without idle time.
        return all == 0 ? default : (Time(idle), Time(stolen), cores);
    }

    private static TimeSpan Time(long ticks) => TimeSpan.FromSeconds((double)ticks / TicksPerSecond);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
