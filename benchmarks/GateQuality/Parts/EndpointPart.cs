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

    // Injected, and of which runs it is to be found at least; null: it is about as large as the limit.
    private static readonly (double Slower, double? Found)[] Changes = [(0.05, null), (0.10, 0.6), (0.20, 0.9)];

    // A gate whose runs are invalid finds nothing, and is not wrong.
    private const double LeastValid = 0.9;

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string folder = Directory.CreateTempSubdirectory("gate-quality").FullName;
    private readonly List<string> invalid = [];

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Whether unchanged code was never red, changed code was, and nearly every run was valid.</summary>
    public async Task<bool> RunAsync()
    {
        Environment.SetEnvironmentVariable("PERFASSERT_RESULTS", folder);
        var watch = Stopwatch.StartNew();
        Console.WriteLine($"## Endpoint: '{load}', log-normal service time, median 2 ms");
        Console.WriteLine();
        Console.WriteLine("| candidate | runs | invalid | red tests | verdicts: met / inconclusive / not comparable / broken | estimates of p50: median, smallest to largest |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var unchanged = await CompareAsync("unchanged", "lognormal:2ms,0.3", runs).ConfigureAwait(false);
        var changed = new List<(string Name, double Wanted, Seen Seen)>();
        foreach (var (slower, found) in Changes)
        {
            var name = $"+{slower * 100:0} %";
            var median = (2_000 * (1 + slower)).ToString("0", CultureInfo.InvariantCulture);
            var seen = await CompareAsync(name, $"lognormal:{median}us,0.3", slowRuns).ConfigureAwait(false);
            if (found is { } wanted)
            {
                changed.Add((name, wanted, seen));
            }
        }

        Console.WriteLine();
        foreach (var line in invalid)
        {
            Console.WriteLine($"- {line}");
        }

        var reached = IsValid("unchanged endpoint", unchanged);
        reached &= Report.Target("unchanged endpoint red", unchanged.RedOfValid, "none", unchanged is { Valid: > 0, Red: 0 });
        foreach (var (name, wanted, seen) in changed)
        {
            reached &= IsValid(name, seen);
            reached &= Report.Target($"found at {name}", seen.RedOfValid, $"{Report.Percent(wanted)} or more", seen.Valid > 0 && seen.Red >= wanted * seen.Valid);
        }

        Console.WriteLine();
        Console.WriteLine($"took {watch.Elapsed.TotalSeconds:N0} s");
        Console.WriteLine();
        return reached;
    }

    private static bool IsValid(string name, Seen seen) =>
        Report.Target($"valid runs, {name}", $"{seen.Valid} of {seen.Runs}", $"{Report.Percent(LeastValid)} or more", seen.Valid >= LeastValid * seen.Runs);

    /// <summary>Prints a line, and gives what it counted.</summary>
    private async Task<Seen> CompareAsync(string name, string service, int count)
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

        return new Seen(count, valid.Count, red);

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

    private readonly record struct Seen(int Runs, int Valid, int Red)
    {
        public string RedOfValid => $"{Red} of {Valid} valid";
    }
}
