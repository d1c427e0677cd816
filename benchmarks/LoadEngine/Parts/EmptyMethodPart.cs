using System.Globalization;
using System.Text.Json;
using LoadEngine.Children;
using LoadEngine.Generators;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>The engine's own cost on one core.</summary>
internal static class EmptyMethodPart
{
    public static Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        return bench.RoundRobinAsync(Scenario.Empty, bench.Generators.Where(tool => tool == OwnGenerator.PerfAssert), MeasureAsync, cancellationToken);

        async Task<string> MeasureAsync(Generator tool, string folder)
        {
            var job = new Job { Url = new Uri("http://127.0.0.1/"), Connections = 1, Folder = folder };
            await using var process = bench.Start(new OwnGenerator(Child.Empty, tool.Name), job);
            var output = await process.WaitAsync(TimeSpan.FromMinutes(3), cancellationToken).ConfigureAwait(false);
            var cost = JsonSerializer.Deserialize<EmptyMethodCost>(Child.Answer(output), Child.Json)!;
            bench.Figures.Add(tool.Name, Scenario.Empty, Scenario.CallsPerSecond, 1e9 / cost.Nanoseconds);
            bench.Figures.Add(tool.Name, Scenario.Empty, Scenario.NanosecondsPerCall, cost.Nanoseconds);
            bench.Figures.Add(tool.Name, Scenario.Empty, Scenario.BytesPerCall, cost.Bytes);
            return string.Create(CultureInfo.InvariantCulture, $"{1e3 / cost.Nanoseconds:0.00} million calls/s, {cost.Nanoseconds:0} ns and {cost.Bytes:0.0000} bytes a call");
        }
    }
}
