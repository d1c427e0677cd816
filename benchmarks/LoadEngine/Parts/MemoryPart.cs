using System.Globalization;
using LoadEngine.Generators;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>Whether memory grows with the number of requests.</summary>
internal static class MemoryPart
{
    private const int Connections = 16;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var server = await bench.StartServerAsync().ConfigureAwait(false);
        foreach (var requests in bench.Options.MemoryRequests)
        {
            var quantity = Scenario.PeakAt(requests);
            await bench.RoundRobinAsync(
                $"{Scenario.Memory}, {quantity}",
                bench.Generators.Where(tool => tool.CanCount && (tool is OwnGenerator || !bench.Options.Quick)),
                MeasureAsync,
                cancellationToken).ConfigureAwait(false);

            async Task<string> MeasureAsync(Generator tool, string folder)
            {
                // The slow ones take minutes for a million, and their memory does not vary.
                if (tool is not OwnGenerator && bench.Figures.Median(tool.Name, Scenario.Memory, quantity) is not null)
                {
                    return "measured once";
                }

                var job = new Job { Url = server.Url, Connections = Connections, Requests = requests, Folder = folder };
                await using var process = bench.Start(tool, job);
                var peak = await process.PeakMemoryAsync(TimeSpan.FromMinutes(15), cancellationToken).ConfigureAwait(false);
                bench.Figures.Add(tool.Name, Scenario.Memory, quantity, peak);
                return string.Create(CultureInfo.InvariantCulture, $"{peak:0.0} MiB");
            }
        }
    }
}
