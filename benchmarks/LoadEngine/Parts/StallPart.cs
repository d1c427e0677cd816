using System.Globalization;
using LoadEngine.Generators;
using LoadEngine.Measuring;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>What each tool says of a server that stalls in the middle, beside what the schedule says.</summary>
internal static class StallPart
{
    private const int Rate = 200;
    private const int Connections = 10;
    private const double Service = 0.005;

    // Half a gap off the grid: no arrival is due when the stall begins or ends.
    private const double BesideTheGrid = 0.0025;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (seconds, length) = (bench.Options.StallSeconds, bench.Options.StallLength);
        var after = ((seconds - length) / 2) + BesideTheGrid;
        var truth = StallTruth.Of(Rate, seconds, Service, after, length);
        Add(Scenario.Truth, truth);

        // Never asleep: its own waking up is not in what the schedule says.
        await using var server = await bench.StartServerAsync(
            "--spin", "--service", "constant:5ms", "--stall", string.Create(CultureInfo.InvariantCulture, $"{after}s,{length}s")).ConfigureAwait(false);
        await bench.RoundRobinAsync(Scenario.Stall, bench.Generators, MeasureAsync, cancellationToken).ConfigureAwait(false);

        async Task<string> MeasureAsync(Generator tool, string folder)
        {
            await server.ResetAsync().ConfigureAwait(false);
            var job = new Job
            {
                Url = server.Url,
                Connections = Connections,
                Rate = tool.HasRate ? Rate : null,
                LeadSeconds = tool.HasWarmUp ? bench.Options.LeadSeconds : 0,
                ResetAfterLead = tool.HasWarmUp,
                Seconds = seconds,
                WantsReport = true,
                Folder = folder,
            };
            await using var process = bench.Start(tool, job);
            var output = await process.WaitAsync(TimeSpan.FromSeconds(job.TotalSeconds + 60), cancellationToken).ConfigureAwait(false);
            var report = tool.Read(job, output);
            Add(tool.Name, report);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {report.P50 / 1e3:0.00} p99 {report.P99 / 1e3:0} max {report.Max / 1e3:0} ms, the schedule says {truth.P50 / 1e3:0.00}, {truth.P99 / 1e3:0}, {truth.Max / 1e3:0} {report.Note}");
        }

        void Add(string tool, Report report)
        {
            bench.Figures.Add(tool, Scenario.Stall, Scenario.P50, report.P50 / 1e3);
            bench.Figures.Add(tool, Scenario.Stall, Scenario.P99, report.P99 / 1e3);
            bench.Figures.Add(tool, Scenario.Stall, Scenario.Max, report.Max / 1e3);
            if (report.Note is { } note)
            {
                bench.Figures.Doubt(tool, Scenario.Stall, note);
            }
        }
    }
}
