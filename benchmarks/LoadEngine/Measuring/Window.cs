using System.Diagnostics;
using Scripted;

namespace LoadEngine.Measuring;

/// <summary>What happened over a span in the middle of a run, as the server and the kernel saw it.</summary>
/// <param name="Seconds">How long it was.</param>
/// <param name="Requests">Requests that reached the server.</param>
/// <param name="ToolCpu">CPU seconds of the generator.</param>
/// <param name="OtherCpu">CPU seconds of everything but the generator, the server and this program: it should be next to nothing.</param>
internal sealed record Window(double Seconds, long Requests, double ToolCpu, double OtherCpu)
{
    public static async Task<Window> MeasureAsync(
        TimeSpan span, ScriptedServerProcess server, ToolProcess tool, CancellationToken cancellationToken)
    {
        var before = await ReadAsync().ConfigureAwait(false);
        await Task.Delay(span, cancellationToken).ConfigureAwait(false);
        var after = await ReadAsync().ConfigureAwait(false);
        if (tool.HasExited)
        {
            throw new InvalidOperationException("it ended too early");
        }

        var toolCpu = after.ToolCpu - before.ToolCpu;
        return new Window(
            Stopwatch.GetElapsedTime(before.Time, after.Time).TotalSeconds,
            after.Server.Requests - before.Server.Requests,
            toolCpu,
            Math.Max(0, after.AllCpu - before.AllCpu - toolCpu - (after.Server.CpuSeconds - before.Server.CpuSeconds) - (after.OwnCpu - before.OwnCpu)));

        async Task<(long Time, double AllCpu, double ToolCpu, double OwnCpu, ServerStatistics Server)> ReadAsync()
        {
            var statistics = await server.ReadStatisticsAsync().ConfigureAwait(false);
            return (Stopwatch.GetTimestamp(), MachineLoad.CpuSeconds, tool.CpuSeconds, Environment.CpuUsage.TotalTime.TotalSeconds, statistics);
        }
    }
}
