using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using PerfAssert.Baselines;
using PerfAssert.Measurements;
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
        // Before minutes are spent, not after them.
        store.EnsureWritable();
        var results = Directory.CreateTempSubdirectory("perfgate-calibrate-").FullName;
        var isMeasured = false;
        try
        {
            var files = new List<int>();
            var watch = Stopwatch.StartNew();
            for (var run = 1; run <= runs; run++)
            {
                var left = run == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; about {watch.Elapsed * (runs - run + 1) / (run - 1):h\\:mm\\:ss} to go");
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"run {run} of {runs}: dotnet test {ArgumentText.Of(arguments)}{left}"));
                var before = RunFiles(results);
                var said = await DotnetTest.RunAsync(arguments, results, cancellation);
                files.Add(Math.Max(0, RunFiles(results) - before));
                if (files[^1] > 0)
                {
                    continue;
                }

                await error.WriteLineAsync(
                    $"{(run == 1 ? "The tests left no run file: nothing was measured." : $"Run {run} left no run file.")} `dotnet test` says:{Environment.NewLine}{SecretScrubber.Scrub(said)}");
                if (run == 1)
                {
                    return ExitCode.Usage;
                }
            }

            isMeasured = true;
            var code = Keep(RunFolder.Open(results), store, output);
            isMeasured = false;
            if (Incomplete(files) is not { } incomplete)
            {
                return code;
            }

            await error.WriteLineAsync(incomplete);
            return ExitCode.Invalid;
        }
        catch (Exception exception) when (isMeasured && exception is BaselineException or RunFileException)
        {
            await error.WriteLineAsync($"{exception.Message} The run files that were measured are left in '{results}'.");
            return ExitCode.Usage;
        }
        finally
        {
            if (!isMeasured)
            {
                TryDelete(results);
            }
        }
    }

    // Tests that clean up behind others may have taken the folder too.
    private static int RunFiles(string results) => Directory.Exists(results) ? Directory.GetFiles(results, "*.json").Length : 0;

    /// <summary>Which runs measured less than the others; <see langword="null"/>: none.</summary>
    private static string? Incomplete(List<int> files)
    {
        var all = files.Max();
        var fewer = files.Index().Where(run => run.Item < all).Select(run => string.Create(CultureInfo.InvariantCulture, $"run {run.Index + 1} left {run.Item} of {all} run files")).ToList();
        return fewer.Count == 0 ? null : $"Not every run measured every test: {string.Join(", ", fewer)}. What is kept is of fewer runs than were asked for: see what `dotnet test` says, and calibrate again.";
    }

    // A failure here would hide the one that matters.
    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static int Keep(RunFolder folder, BaselineStore store, TextWriter output)
    {
        var table = new TextTable(0, WidestName, rightAligned: false);
        table.Add(["environment", "test", "metric", "runs", "runs differ by", "95 %", "smallest honest limit", "rounds against a reference"]);
        var found = false;
        foreach (var test in folder.Tests)
        {
            RunFile[] runs = [.. folder.Read(test).Select(item => item.Run)];
            var groups = Calibration.ByConditions(runs);
            if (Calibration.Of(runs) is not { } noise)
            {
                var reasons = runs.SelectMany(run => run.InvalidReasons).Distinct().Take(1).Select(reason => ": " + reason);
                output.WriteLine($"left out: {test.Test}, {test.Environment}: {runs.Count(Calibration.IsValid)} of {runs.Length} runs are valid, " +
                    $"and {Calibration.FewestRuns} {(groups.Length > 1 ? "under the same conditions " : "")}are needed{string.Concat(reasons)}");
                continue;
            }

            foreach (var other in groups.Skip(1))
            {
                output.WriteLine($"left out: {test.Test}, {test.Environment}: {other.Length} of {runs.Length} runs, made under other conditions than the {groups[0].Length} that are kept: " +
                    string.Join("; ", Calibration.Differences(groups[0], other)));
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
