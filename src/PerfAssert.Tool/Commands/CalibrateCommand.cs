using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using PerfAssert.Baselines;
using PerfAssert.Promotion;
using PerfAssert.Reports;
using PerfAssert.Runs;

namespace PerfAssert.Tool.Commands;

/// <summary><c>perfgate calibrate</c>.</summary>
internal static class CalibrateCommand
{
    private const int UsualRuns = 8;
    private const int MostRuns = 100;
    private const int WidestName = 60;

    private static readonly string[] Shown = ["p50", "p95", "p99", "rps"];

    public static Command Create()
    {
        var project = new Argument<string>("PROJECT") { Description = "What `dotnet test` takes: a project, a solution or a test assembly." };
        var further = new Argument<string[]>("ARGUMENTS") { Description = "Further arguments of `dotnet test`, behind --.", Arity = ArgumentArity.ZeroOrMore };
        var runs = new Option<int>("--runs") { Description = $"How often the same tests are run, {Calibration.FewestRuns} to {MostRuns}.", DefaultValueFactory = _ => UsualRuns };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < Calibration.FewestRuns or > MostRuns)
            {
                result.AddError($"--runs must be {Calibration.FewestRuns} to {MostRuns}.");
            }
        });
        var folder = BaselineCommand.Folder();
        var command = new Command("calibrate", "Runs the same tests several times and keeps how much unchanged code differs on this machine.") { project, further, runs, folder };
        command.SetAction((result, cancellation) => CalibrateAsync(
            [result.GetRequiredValue(project), .. result.GetValue(further) ?? []],
            result.GetValue(runs),
            Places.Baselines(result.GetValue(folder), of: Places.Project(result.GetRequiredValue(project))),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellation));
        return command;
    }

    private static async Task<int> CalibrateAsync(
        string[] arguments, int runs, BaselineStore store, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var results = Directory.CreateTempSubdirectory("perfgate-calibrate-").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            for (var run = 1; run <= runs; run++)
            {
                var left = run == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; about {watch.Elapsed * (runs - run + 1) / (run - 1):h\\:mm\\:ss} to go");
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"run {run} of {runs}: dotnet test {string.Join(' ', arguments)}{left}"));
                var said = await TestAsync(arguments, results, cancellation);
                if (!Directory.EnumerateFiles(results, "*.json").Any())
                {
                    await error.WriteLineAsync($"The tests left no run file: nothing was measured. `dotnet test` says:{Environment.NewLine}{said}");
                    return ExitCode.Usage;
                }
            }

            return Keep(RunFolder.Open(results), store, output);
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    /// <summary>A budget that is broken meanwhile is no matter here.</summary>
    private static async Task<string> TestAsync(string[] arguments, string results, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["test", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PERFASSERT_RESULTS"] = results;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Its folder is deleted next: nothing may write into it then.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return await output + await error;
    }

    private static int Keep(RunFolder folder, BaselineStore store, TextWriter output)
    {
        var table = new TextTable(0, WidestName, rightAligned: false);
        table.Add(["environment", "test", "metric", "runs", "runs differ by", "95 %", "smallest honest limit", "rounds against a reference"]);
        var found = false;
        foreach (var test in folder.Tests)
        {
            RunFile[] runs = [.. folder.Read(test).Select(item => item.Run)];
            if (Calibration.Of(runs) is not { } noise)
            {
                var reasons = runs.SelectMany(run => run.InvalidReasons).Distinct().Take(1).Select(reason => ": " + reason);
                output.WriteLine($"left out: {test.Test}, {test.Environment}: {runs.Count(Calibration.IsValid)} of {runs.Length} runs are valid, " +
                    $"and {Calibration.FewestRuns} are needed{string.Concat(reasons)}");
                continue;
            }

            found = true;
            NoiseStore.Put(store, noise);
            foreach (var (metric, value) in noise.Metrics.Where(metric => Shown.Contains(metric.Key)))
            {
                var (lower, upper) = Calibration.RunDeviation(value);
                table.Add(
                [
                    noise.Environment,
                    noise.Test,
                    metric,
                    Figures.Count(value.Runs),
                    Share(value.RunDeviation),
                    $"{Share(lower)} to {Share(upper)}",
                    Figures.Share(value.SmallestLimit, 2),
                    value.SuggestedRounds == Calibration.MostRounds ? $"{Calibration.MostRounds} or more" : Figures.Count(value.SuggestedRounds),
                ]);
            }
        }

        if (!found)
        {
            output.WriteLine($"No test has {Calibration.FewestRuns} valid runs: nothing is known about the noise of this machine.");
            return ExitCode.Invalid;
        }

        var page = new TextPage();
        table.WriteTo(page);
        output.Write(page.ToString());
        output.WriteLine($"Kept in {store.Folder}: a result says when a budget allows less than can be seen here.");
        return ExitCode.Ok;

        static string Share(double deviation) => Figures.Share(Math.Exp(deviation) - 1, 2);
    }
}
