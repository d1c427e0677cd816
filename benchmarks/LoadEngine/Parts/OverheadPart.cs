using System.Globalization;
using LoadEngine.Generators;
using LoadEngine.Measuring;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>What a tool reports above what the server took.</summary>
internal static class OverheadPart
{
    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var server = await bench.StartServerAsync("--service", "constant:5ms").ConfigureAwait(false);
        await bench.RoundRobinAsync(Scenario.Overhead, bench.Generators.Where(tool => tool.HasClosedLoop), MeasureAsync, cancellationToken)
            .ConfigureAwait(false);

        async Task<string> MeasureAsync(Generator tool, string folder)
        {
            await server.ResetAsync().ConfigureAwait(false);
            var job = new Job
            {
                Url = server.Url,
                Connections = 1,
                LeadSeconds = tool.HasWarmUp ? bench.Options.LeadSeconds : 0,
                Seconds = bench.Options.OverheadSeconds,
                WantsReport = true,
                Folder = folder,
            };
            await using var process = bench.Start(tool, job);
            var output = await process.WaitAsync(TimeSpan.FromSeconds(job.TotalSeconds + 60), cancellationToken).ConfigureAwait(false);
            var report = tool.Read(job, output);

            var log = await server.ReadLogAsync().ConfigureAwait(false);
            double[] own = [.. log.Answered.Zip(log.Arrived, (answered, arrived) => answered == 0 ? 0 : (answered - arrived) / 1e3)
                .Skip((int)report.WarmUpRequests).Where(time => time > 0).Order()];
            var (p50, p99) = (report.P50 - Percentile.Of(own, 0.5), report.P99 - Percentile.Of(own, 0.99));
            bench.Figures.Add(tool.Name, Scenario.Overhead, Scenario.OverP50, p50);
            bench.Figures.Add(tool.Name, Scenario.Overhead, Scenario.OverP99, p99);
            var service = string.Empty;
            if (report is { ServiceP50: { } ownP50, ServiceP99: { } ownP99 })
            {
                (ownP50, ownP99) = (ownP50 - Percentile.Of(own, 0.5), ownP99 - Percentile.Of(own, 0.99));
                bench.Figures.Add(tool.Name, Scenario.Overhead, Scenario.ServiceOverP50, ownP50);
                bench.Figures.Add(tool.Name, Scenario.Overhead, Scenario.ServiceOverP99, ownP99);
                service = string.Create(CultureInfo.InvariantCulture, $"; service time {ownP50:0} and {ownP99:0}");
            }

            if (report.Note is { } note)
            {
                bench.Figures.Doubt(tool.Name, Scenario.Overhead, note);
            }

            return string.Create(CultureInfo.InvariantCulture, $"{p50:0} µs over the server's p50, {p99:0} µs over its p99{service} {report.Note}");
        }
    }
}
