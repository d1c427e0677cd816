using System.Globalization;
using LoadEngine.Generators;
using LoadEngine.Measuring;
using LoadEngine.Results;
using Scripted;

namespace LoadEngine.Parts;

/// <summary>How true a constant rate is, as the server saw it, and what it costs the client.</summary>
internal static class OpenLoopPart
{
    private const int Connections = 10;

    // Cut off at both ends of the span over which CPU time is taken.
    private const double Margin = 0.5;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        // Never asleep: its own waking up would be seen as the tools' jitter.
        await using var server = await bench.StartServerAsync("--spin").ConfigureAwait(false);
        foreach (var rate in bench.Options.Rates)
        {
            var scenario = Scenario.Open(rate);
            await bench.RoundRobinAsync(scenario, bench.Generators.Where(tool => tool.HasRate), MeasureAsync, cancellationToken).ConfigureAwait(false);

            async Task<string> MeasureAsync(Generator tool, string folder)
            {
                var seconds = bench.Options.OpenSeconds;
                await server.ResetAsync().ConfigureAwait(false);
                var job = new Job
                {
                    Url = server.Url,
                    Connections = Connections,
                    Rate = rate,
                    LeadSeconds = bench.Options.LeadSeconds,

                    // Without a warm-up its end is not known either: it goes on for longer than is measured.
                    Seconds = tool.HasWarmUp ? seconds : seconds + 1,
                    Folder = folder,
                };
                await using var process = bench.Start(tool, job);
                await Bench.FirstRequestAsync(server, process, cancellationToken).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(job.LeadSeconds + Margin), cancellationToken).ConfigureAwait(false);
                var window = await bench.MeasureAsync(scenario, tool, seconds - (2 * Margin), server, process, cancellationToken).ConfigureAwait(false);
                var output = await process.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);

                var report = tool.HasWarmUp ? tool.Read(job, output) : null;
                var arrivals = Measured(await server.ReadLogAsync().ConfigureAwait(false), job, seconds, report);
                var (from, until) = window.Undisturbed;
                var deviation = GridDeviation.Of([.. arrivals.Where(arrival => arrival >= from && arrival < until)], rate);
                var cores = window.ToolCpu / window.Seconds;
                var share = 100 * arrivals.Length / (rate * seconds);
                bench.Figures.Add(tool.Name, scenario, Scenario.OffP50, deviation.P50);
                bench.Figures.Add(tool.Name, scenario, Scenario.OffP99, deviation.P99);
                bench.Figures.Add(tool.Name, scenario, Scenario.OffP999, deviation.P999);
                bench.Figures.Add(tool.Name, scenario, Scenario.OffMax, deviation.Max);
                bench.Figures.Add(tool.Name, scenario, Scenario.Arrivals, share);
                bench.Figures.Add(tool.Name, scenario, Scenario.Cores, cores);
                if (report?.Note is { } note)
                {
                    bench.Figures.Doubt(tool.Name, scenario, note);
                }

                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"off the grid p50 {deviation.P50:0.0} p99 {deviation.P99:0.0} p99.9 {deviation.P999:0.0} max {deviation.Max:0} µs, {share:0.##} % of arrivals, {cores:0.000} cores {report?.Note}");
            }
        }
    }

    // Without a report the warm-up is as long as was asked for.
    private static long[] Measured(RequestStamps log, Job job, double seconds, Report? report)
    {
        if (report is not null)
        {
            return log.Arrived[(int)report.WarmUpRequests..];
        }

        var from = log.Arrived[0] + (long)(job.LeadSeconds * 1e9);
        var until = from + (long)(seconds * 1e9);
        return [.. log.Arrived.Where(arrival => arrival >= from && arrival < until)];
    }
}
