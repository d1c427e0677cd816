using System.Diagnostics;
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
            await bench.RoundRobinAsync(scenario, bench.Generators.Where(tool => tool.HasClosedLoop), MeasureAsync, cancellationToken).ConfigureAwait(false);

            async Task<string> MeasureAsync(Generator tool, string folder)
            {
                var seconds = bench.Options.ClosedSeconds;
                var lead = bench.Options.LeadSeconds;
                await server.ResetAsync().ConfigureAwait(false);
                var job = new Job { Url = server.Url, Connections = connections, LeadSeconds = lead, Seconds = seconds + Tail, Folder = folder };
                await using var process = bench.Start(tool, job);
                await Bench.FirstRequestAsync(server, process, cancellationToken).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(lead + Pause), cancellationToken).ConfigureAwait(false);

                var (start, cpu) = (Stopwatch.GetTimestamp(), process.CpuSeconds);
                var requests = (await server.ReadStatisticsAsync().ConfigureAwait(false)).Requests;
                await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken).ConfigureAwait(false);
                var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                cpu = process.CpuSeconds - cpu;
                requests = (await server.ReadStatisticsAsync().ConfigureAwait(false)).Requests - requests;
                if (process.HasExited)
                {
                    throw new InvalidOperationException("it ended too early");
                }

                _ = await process.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken).ConfigureAwait(false);
                bench.Figures.Add(tool.Name, scenario, Scenario.Throughput, requests / elapsed);
                bench.Figures.Add(tool.Name, scenario, Scenario.CpuPerRequest, cpu * 1e6 / requests);
                return string.Create(CultureInfo.InvariantCulture, $"{requests / elapsed:N0} req/s, {cpu * 1e6 / requests:0.0} µs CPU");
            }
        }
    }
}
