using System.Globalization;
using System.Text.Json;
using LoadEngine.Children;
using LoadEngine.Generators;
using LoadEngine.Options;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>What the engine costs a request beside the raw loop, a tenth of a second apart: a machine whose speed changes by the second hides it otherwise.</summary>
internal static class PairedPart
{
    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var server = await bench.StartServerAsync().ConfigureAwait(false);
        foreach (var connections in BenchmarkOptions.Connections)
        {
            var scenario = Scenario.Paired(connections);
            await bench.RoundRobinAsync(scenario, bench.Generators.Where(tool => tool == OwnGenerator.PerfAssert), MeasureAsync, cancellationToken)
                .ConfigureAwait(false);

            async Task<string> MeasureAsync(Generator tool, string folder)
            {
                var job = new Job
                {
                    Url = server.Url,
                    Connections = connections,
                    LeadSeconds = bench.Options.LeadSeconds,
                    Seconds = bench.Options.PairedSeconds,
                    Folder = folder,
                };
                var processes = new List<string>();
                while (processes.Count < bench.Options.PairedProcesses)
                {
                    await using var process = bench.Start(new OwnGenerator(Child.Paired, tool.Name), job);
                    var output = await process.WaitAsync(TimeSpan.FromSeconds(job.TotalSeconds + 60), cancellationToken).ConfigureAwait(false);
                    var ratios = JsonSerializer.Deserialize<PairedRatios>(Child.Answer(output), Child.Json)!;
                    bench.Figures.Add(tool.Name, scenario, Scenario.ThroughputOverRaw, ratios.Throughput);
                    bench.Figures.Add(tool.Name, scenario, Scenario.CpuOverRaw, ratios.Cpu);
                    processes.Add(string.Create(CultureInfo.InvariantCulture, $"{ratios.Throughput:0.000} / {ratios.Cpu:0.000}"));
                }

                return $"of the raw loop's throughput / CPU a request, by process: {string.Join(", ", processes)}";
            }
        }
    }
}
