namespace Scripted;

/// <summary>What the server counted.</summary>
/// <param name="Requests">Requests since the last reset, logged or not.</param>
/// <param name="Connections">Connections whose first request came since the last reset.</param>
/// <param name="CpuSeconds">CPU time of the server process since it started.</param>
public sealed record ServerStatistics(long Requests, long Connections, double CpuSeconds);
