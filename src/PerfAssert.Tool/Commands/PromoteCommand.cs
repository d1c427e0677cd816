using System.CommandLine;
using System.Globalization;
using PerfAssert.Promotion;
using PerfAssert.Runs;

namespace PerfAssert.Tool.Commands;

/// <summary><c>perfgate baseline promote</c>.</summary>
internal static class PromoteCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("RUNS")
        {
            Description = "A run file, or a folder of run files. Without it: PERFASSERT_RESULTS, or perf-results.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var folder = BaselineCommand.Folder();
        var command = new Command("promote", "Makes runs part of their tests' baselines. Only runs that passed: the others are named, and the exit code tells.") { path, folder };
        command.SetAction(result => Promote(
            Places.Results(result.GetValue(path)), result.GetValue(path), result.GetValue(folder), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));
        return command;
    }

    private static int Promote(string path, string? chosen, string? folder, TextWriter output, TextWriter error)
    {
        // PERFASSERT_RESULTS may be anywhere: it says nothing of whose results they are.
        var of = chosen is null ? null : path;
        var store = Places.Baselines(folder, of);
        var file = Places.BudgetsFile(of);
        var runs = RunFolder.Open(path);
        var result = Promoter.Promote(store, runs.Tests.Select(test => runs.Read(test)));
        foreach (var run in result.Runs)
        {
            output.WriteLine(run switch
            {
                { Refused: { } reason } => $"not taken  {Name(run.Run)}: {reason} ({run.File})",
                { Added: true } => $"promoted   {Name(run.Run)}",
                _ => $"known      {Name(run.Run)}",
            });
        }

        foreach (var gone in result.Gone)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"gone       {gone.Test}: it has a baseline in {gone.Environment} (last run {gone.Runs[^1].At.UtcDateTime:yyyy-MM-dd}) and no run here. " +
                $"If it was deleted or renamed: perfgate baseline drop '{gone.Test}' --environment {gone.Environment}"));
        }

        // One run file is not the suite.
        if (Directory.Exists(path))
        {
            List<string> tests = [.. runs.Tests.Select(test => test.Test)];
            foreach (var idle in IdleEntries.Waivers(file, tests))
            {
                output.WriteLine($"waiver     {idle}");
            }

            foreach (var idle in IdleEntries.Tests(file, tests))
            {
                output.WriteLine($"not used   {idle}");
            }
        }

        foreach (var problem in result.Problems)
        {
            error.WriteLine(problem);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Runs.Count(run => run.Added)} promoted, {result.Runs.Count(run => run.Refused is not null)} not taken, {result.Gone.Length} gone; baselines in {store.Folder}"));
        return result.Problems.Length > 0 ? ExitCode.Usage
            : result.Runs.Any(run => run.Run.Outcome == RunOutcome.Failed && run.Refused is not null) ? ExitCode.Broken
            : result.Runs.Any(run => run.Run.Outcome == RunOutcome.Invalid || run.Run.Mode != RunMode.Gate) ? ExitCode.Invalid
            : ExitCode.Ok;
    }

    private static string Name(RunFile run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.TestName}, {run.Plan.Environment}, {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}");
}
