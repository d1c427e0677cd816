using System.Globalization;
using System.Text.Json;
using LoadEngine.Children;
using LoadEngine.Generators;
using LoadEngine.Measuring;
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
                await using var process = bench.Start(new OwnGenerator(Child.Paired, tool.Name), job);
                var output = await process.WaitAsync(TimeSpan.FromSeconds(job.TotalSeconds + 60), cancellationToken).ConfigureAwait(false);
                var ratios = JsonSerializer.Deserialize<PairedRatios>(Child.Answer(output), Child.Json)!;
                foreach (var (throughput, cpu) in ratios.Throughput.Zip(ratios.Cpu))
                {
                    bench.Figures.Add(tool.Name, scenario, Scenario.ThroughputOverRaw, throughput);
                    bench.Figures.Add(tool.Name, scenario, Scenario.CpuOverRaw, cpu);
                }

                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Percentile.Median(ratios.Throughput):0.000} of the raw loop's throughput, {Percentile.Median(ratios.Cpu):0.000} of its CPU a request");
            }
        }
    }
}
