using System.Globalization;

namespace LoadEngine.Results;

/// <summary>Names of what is measured, for the figures, the table and the targets alike.</summary>
internal static class Scenario
{
    public const string Overhead = "5 ms service, 1 connection";
    public const string Stall = "stall";
    public const string Memory = "peak memory, 16 connections";
    public const string Empty = "empty method";
    public const string Hog = "a busy neighbour on the client's core";
    public const string Soak = "soak, 16 connections";
    public const string Truth = "what the schedule says";

    public const string Throughput = "req/s";
    public const string CpuPerRequest = "client CPU µs/req";
    public const string ThroughputOverRaw = "req/s over the raw loop's";
    public const string CpuOverRaw = "client CPU over the raw loop's";
    public const string OffP50 = "off the grid p50 µs";
    public const string OffP99 = "off the grid p99 µs";
    public const string OffP999 = "off the grid p99.9 µs";
    public const string OffMax = "off the grid max µs";
    public const string Arrivals = "arrivals % of asked";
    public const string Cores = "client cores";
    public const string OverP50 = "over the server's p50 µs";
    public const string OverP99 = "over the server's p99 µs";
    public const string ServiceOverP50 = "service time over the server's p50 µs";
    public const string ServiceOverP99 = "service time over the server's p99 µs";
    public const string P50 = "p50 ms";
    public const string P99 = "p99 ms";
    public const string Max = "max ms";
    public const string CallsPerSecond = "calls/s";
    public const string NanosecondsPerCall = "ns/call";
    public const string BytesPerCall = "bytes/call";

    public const string ClientBound = "called client-bound";
    public const string MemoryFirst = "most MiB in the first tenth";
    public const string MemoryLater = "most MiB later, while it sends";
    public const string MemoryInAll = "most MiB in all, judging and writing included";
    public const string RunFile = "run file kB";
    public const string Miscounted = "miscounted requests";

    public static string Closed(int connections) => $"closed loop, {connections} connection{(connections == 1 ? "" : "s")}";

    public static string Paired(int connections) => Closed(connections) + ", in turns of 0.1 s with the raw loop";

    public static string Open(int rate) => string.Create(CultureInfo.InvariantCulture, $"open loop, {rate:N0}/s");

    public static string PeakAt(long requests) => string.Create(CultureInfo.InvariantCulture, $"MiB at {requests:N0} requests");
}
