using System.Diagnostics;
using System.Globalization;
using LoadEngine.Generators;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>As many requests as the client bears, for minutes: memory, the size of the run file, and whether each request is counted once.</summary>
internal static class SoakPart
{
    private const int Connections = 16;
    private const int Tenths = 10;

    // Short enough to see the moment in which the run is judged and written.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var seconds = bench.Options.SoakMinutes * 60;
        await using var server = await bench.StartServerAsync().ConfigureAwait(false);
        await bench.RoundRobinAsync(
            Scenario.Soak, bench.Generators.Where(tool => tool == OwnGenerator.PerfAssert), MeasureAsync, cancellationToken).ConfigureAwait(false);

        async Task<string> MeasureAsync(Generator tool, string folder)
        {
            await server.ResetAsync().ConfigureAwait(false);
            var job = new Job { Url = server.Url, Connections = Connections, LeadSeconds = bench.Options.LeadSeconds, Seconds = seconds, Folder = folder };
            await using var process = bench.Start(tool, job);
            var most = new double[Tenths];
            var peak = 0.0;
            var start = Stopwatch.GetTimestamp();
            var output = await process.WatchMemoryAsync(TimeSpan.FromSeconds(job.TotalSeconds + 120), Period, Look, cancellationToken).ConfigureAwait(false);
            var answered = (await server.ReadStatisticsAsync().ConfigureAwait(false)).Requests;
            var report = tool.Read(job, output);
            var file = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Max(path => new FileInfo(path).Length) / 1e3;
            var counted = report.WarmUpRequests + report.Requests;
            Add(Scenario.MemoryFirst, most[0]);
            Add(Scenario.MemoryLater, most[1..].Max());
            Add(Scenario.MemoryInAll, peak);
            Add(Scenario.RunFile, file);
            Add(Scenario.Miscounted, Math.Abs(answered - counted));
            Add(Scenario.Throughput, report.Requests / seconds);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{counted:N0} requests, the server answered {answered:N0}; most MiB in each tenth: {string.Join(' ', most.Select(m => m.ToString("0.0", CultureInfo.InvariantCulture)))}, in all {peak:0.0}; run file {file:0.0} kB {report.Note}");

            void Look((double Now, double Peak) memory)
            {
                // The process starts before it sends, so what is seen within this time is seen while it sends; the end comes after it.
                var tenth = (int)(Stopwatch.GetElapsedTime(start).TotalSeconds / job.TotalSeconds * Tenths);
                if (tenth < Tenths)
                {
                    most[tenth] = Math.Max(most[tenth], memory.Now);
                }

                peak = Math.Max(peak, memory.Peak);
            }

            void Add(string quantity, double value) => bench.Figures.Add(tool.Name, Scenario.Soak, quantity, value);
        }
    }
}
