using System.Diagnostics;
using Scripted;
using Scripted.Linux;

namespace LoadEngine.Measuring;

/// <summary>What happened over a span in the middle of a run, as the server and the kernel saw it.</summary>
/// <param name="Seconds">How long it was.</param>
/// <param name="Requests">Requests that reached the server.</param>
/// <param name="ToolCpu">CPU seconds of the generator.</param>
/// <param name="OtherCpu">CPU seconds of everything but the generator, the server and this program: it should be next to nothing.</param>
/// <param name="Undisturbed">The moments between which this program did nothing, in nanoseconds of the server's clock.</param>
internal sealed record Window(double Seconds, long Requests, double ToolCpu, double OtherCpu, (long From, long Until) Undisturbed)
{
    // Reading what all programs do keeps the server's core for 10 to 30 ms: what waited meanwhile catches up in this time.
    private const long Recovery = 100_000_000;

    public static async Task<Window> MeasureAsync(
        TimeSpan span, ScriptedServerProcess server, ToolProcess tool, CancellationToken cancellationToken)
    {
        var before = await ReadAsync().ConfigureAwait(false);
        var from = MonotonicClock.Now + Recovery;
        await Task.Delay(span, cancellationToken).ConfigureAwait(false);
        var until = MonotonicClock.Now;
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
            Math.Max(0, after.AllCpu - before.AllCpu - toolCpu - (after.Server.CpuSeconds - before.Server.CpuSeconds) - (after.OwnCpu - before.OwnCpu)),
            (from, until));

        async Task<(long Time, double AllCpu, double ToolCpu, double OwnCpu, ServerStatistics Server)> ReadAsync()
        {
            var statistics = await server.ReadStatisticsAsync().ConfigureAwait(false);
            return (Stopwatch.GetTimestamp(), MachineLoad.CpuSeconds, tool.CpuSeconds, Environment.CpuUsage.TotalTime.TotalSeconds, statistics);
        }
    }
}
