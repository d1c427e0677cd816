using System.Diagnostics;
using System.Globalization;
using PerfAssert;
using PerfAssert.Runs;
using Scripted;

namespace GateQuality.Parts;

/// <summary>Two servers on loopback, in processes of their own, through the load engine as a test runs it.</summary>
internal sealed class EndpointPart(int runs, int slowRuns, string load) : IDisposable
{
    private static readonly string[] Bodies = ["p50 < reference + 5 %", "p95 < reference + 10 %"];

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string folder = Directory.CreateTempSubdirectory("gate-quality").FullName;
    private readonly List<string> invalid = [];

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Whether unchanged code was never red.</summary>
    public async Task<bool> RunAsync()
    {
        Environment.SetEnvironmentVariable("PERFASSERT_RESULTS", folder);
        var watch = Stopwatch.StartNew();
        Console.WriteLine($"## Endpoint: '{load}', log-normal service time, median 2 ms");
        Console.WriteLine();
        Console.WriteLine("| candidate | runs | invalid | red tests | verdicts: met / inconclusive / not comparable / broken | estimates of p50: median, smallest to largest |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var red = await CompareAsync("unchanged", "lognormal:2ms,0.3", runs).ConfigureAwait(false);
        foreach (var slower in new[] { 0.05, 0.10, 0.20 })
        {
            var median = (2_000 * (1 + slower)).ToString("0", CultureInfo.InvariantCulture);
            await CompareAsync($"+{slower * 100:0} %", $"lognormal:{median}us,0.3", slowRuns).ConfigureAwait(false);
        }

        Console.WriteLine();
        foreach (var line in invalid)
        {
            Console.WriteLine($"- {line}");
        }

        var reached = Report.Target("unchanged endpoint red", $"{red} of {runs}", "none", red == 0);
        Console.WriteLine();
        Console.WriteLine($"took {watch.Elapsed.TotalSeconds:N0} s");
        Console.WriteLine();
        return reached;
    }

    /// <summary>Prints a line, and gives the number of red tests.</summary>
    private async Task<int> CompareAsync(string name, string service, int count)
    {
        await using var candidate = await ScriptedServerProcess.StartAsync("--service", service).ConfigureAwait(false);
        await using var reference = await ScriptedServerProcess.StartAsync("--service", "lognormal:2ms,0.3").ConfigureAwait(false);
        var files = new List<RunFile>();
        for (var run = 0; run < count; run++)
        {
            files.Add(await MeasureAsync(candidate, reference, seed: run + 1).ConfigureAwait(false));
        }

        var valid = files.Where(f => f.Outcome != RunOutcome.Invalid).ToList();
        var verdicts = valid.SelectMany(f => f.Verdicts).Where(v => v.Budget.Contains("reference", StringComparison.Ordinal)).ToList();
        var estimates = valid.Select(f => f.Verdicts[0].Change?.Estimate).OfType<double>().Order().ToList();
        var red = valid.Count(f => f.Verdicts.Any(v => v.Verdict == RunVerdictKind.Broken));
        Console.WriteLine(
            $"| {name} | {count} | {count - valid.Count} | {red} | " +
            $"{Of(RunVerdictKind.Met)} / {Of(RunVerdictKind.Inconclusive)} / {Of(RunVerdictKind.NotComparable)} / {Of(RunVerdictKind.Broken)} | " +
            (estimates.Count == 0 ? "- |" : $"{Percent(estimates[estimates.Count / 2])}, {Percent(estimates[0])} to {Percent(estimates[^1])} |"));
        foreach (var reasons in files.SelectMany(f => f.InvalidReasons).GroupBy(r => r.Split(':')[1]).OrderByDescending(g => g.Count()))
        {
            invalid.Add($"{name}: {reasons.Count()} of {count} runs invalid, for example: {reasons.First()}");
        }

        return red;

        int Of(RunVerdictKind kind) => verdicts.Count(v => v.Verdict == kind);
    }

    private async Task<RunFile> MeasureAsync(ScriptedServerProcess candidate, ScriptedServerProcess reference, int seed)
    {
        PerfResult result;
        try
        {
            result = await PerfTest.Run(
                request => GetAsync(request.Variant == Variant.Candidate ? candidate.Url : reference.Url, request.CancellationToken),
                load,
                Budgets,
                new PerfTestOptions { Name = "GateQuality", Seed = seed, WarmUp = "200 requests" }).ConfigureAwait(false);
        }
        catch (PerfBudgetException broken)
        {
            result = broken.Result;
        }

        var file = RunFileReader.Read(result.RunFile!);
        File.Delete(result.RunFile!);
        return file;
    }

    // p99 takes 500 requests a round.
    private string[] Budgets =>
        long.TryParse(load.Split(' ')[0], CultureInfo.InvariantCulture, out var requests) && requests >= 4_000 ? [.. Bodies, "p99 < reference + 15 %"] : Bodies;

    private async Task GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(url, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    private static string Percent(double change) => (change * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";
}
