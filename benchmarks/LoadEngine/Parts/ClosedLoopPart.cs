using System.Globalization;
using LoadEngine.Generators;
using LoadEngine.Options;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>Throughput and CPU per request, both as the server and the kernel saw them in the middle of the run.</summary>
internal static class ClosedLoopPart
{
    // A tool with a warm-up pauses after it; none may end before the measurement does.
    private const double Pause = 0.3;
    private const double Tail = 1.5;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var server = await bench.StartServerAsync().ConfigureAwait(false);
        foreach (var connections in BenchmarkOptions.Connections)
        {
            var scenario = Scenario.Closed(connections);
            var tools = bench.Generators.Where(tool => tool.HasClosedLoop && (connections == 1 || tool.HasManyConnections));
            await bench.RoundRobinAsync(scenario, tools, MeasureAsync, cancellationToken).ConfigureAwait(false);

            async Task<string> MeasureAsync(Generator tool, string folder)
            {
                var seconds = bench.Options.ClosedSeconds;
                var lead = bench.Options.LeadSeconds;
                await server.ResetAsync().ConfigureAwait(false);
                var job = new Job { Url = server.Url, Connections = connections, LeadSeconds = lead, Seconds = seconds + Tail, Folder = folder };
                await using var process = bench.Start(tool, job);
                await Bench.FirstRequestAsync(server, process, cancellationToken).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(lead + Pause), cancellationToken).ConfigureAwait(false);
                var window = await bench.MeasureAsync(scenario, tool, seconds, server, process, cancellationToken).ConfigureAwait(false);
                _ = await process.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);
                var (rate, cpu) = (window.Requests / window.Seconds, window.ToolCpu * 1e6 / window.Requests);
                bench.Figures.Add(tool.Name, scenario, Scenario.Throughput, rate);
                bench.Figures.Add(tool.Name, scenario, Scenario.CpuPerRequest, cpu);
                return string.Create(CultureInfo.InvariantCulture, $"{rate:N0} req/s, {cpu:0.0} µs CPU");
            }
        }
    }
}
