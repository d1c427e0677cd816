using LoadEngine.Children;
using LoadEngine.Generators;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>Whether a run says so when another program kept its only core busy: its latencies are the client's then, not the server's.</summary>
internal static class HogPart
{
    private const int Rate = 1000;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var server = await bench.StartServerAsync("--service", "constant:1ms").ConfigureAwait(false);
        await bench.RoundRobinAsync(
            Scenario.Hog, bench.Generators.Where(tool => tool == OwnGenerator.PerfAssert), MeasureAsync, cancellationToken).ConfigureAwait(false);

        async Task<string> MeasureAsync(Generator tool, string folder)
        {
            var job = new Job
            {
                Url = server.Url,
                Connections = 1,
                Rate = Rate,
                LeadSeconds = bench.Options.LeadSeconds,
                Seconds = bench.Options.HogSeconds,
                WantsReport = true,
                Folder = folder,
            };

            // Busy for longer than the run takes; ended with it.
            await using var neighbour = bench.Start(new OwnGenerator(Child.Hog, "hog"), job with { Seconds = job.Seconds + 60 });
            await using var process = bench.Start(tool, job);
            var output = await process.WaitAsync(TimeSpan.FromSeconds(job.TotalSeconds + 60), cancellationToken).ConfigureAwait(false);
            var note = tool.Read(job, output).Note ?? "valid";
            bench.Figures.Add(tool.Name, Scenario.Hog, Scenario.ClientBound, note.Contains("client-bound", StringComparison.Ordinal) ? 1 : 0);
            bench.Figures.Note($"{tool.Name} ({Scenario.Hog}): {note}");
            return note;
        }
    }
}
