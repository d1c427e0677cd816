using System.CommandLine;
using System.Globalization;
using PerfAssert.Baselines;
using PerfAssert.Reports;
using PerfAssert.Runs;

namespace PerfAssert.Tool.Commands;

/// <summary><c>perfgate baseline list</c>.</summary>
internal static class ListCommand
{
    private const int WidestName = 60;

    public static Command Create()
    {
        var folder = BaselineCommand.Folder();
        var environment = BaselineCommand.Environment();
        var command = new Command("list", "Every test that has a baseline.") { folder, environment };
        command.SetAction(result => List(
            Places.Baselines(result.GetValue(folder)), result.GetValue(environment), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));
        return command;
    }

    private static int List(BaselineStore store, string? environment, TextWriter output, TextWriter error)
    {
        var problems = new List<string>();
        var baselines = store.Environments.Where(name => environment is null || name == environment).SelectMany(name => store.All(name, problems)).ToList();
        foreach (var problem in problems)
        {
            error.WriteLine(problem);
        }

        var code = problems.Count == 0 ? ExitCode.Ok : ExitCode.Usage;
        if (baselines.Count == 0 && problems.Count > 0)
        {
            return code;
        }

        if (baselines.Count == 0)
        {
            output.WriteLine($"No baseline in {store.Folder}{(environment is null ? string.Empty : $" for environment {environment}")}.");
            return ExitCode.Ok;
        }

        var table = new TextTable(0, WidestName, rightAligned: false);
        table.Add(["environment", "test", "runs", "last run", "commit", "p50", "p99"]);
        foreach (var baseline in baselines)
        {
            var last = baseline.Runs[^1];
            table.Add(
            [
                baseline.Environment,
                baseline.Test,
                baseline.Runs.Length.ToString(CultureInfo.InvariantCulture),
                RunLine.Time(last),
                RunLine.Commit(last),
                Figures.Value(last.Value("p50"), RunUnit.Nanoseconds),
                Figures.Value(last.Value("p99"), RunUnit.Nanoseconds),
            ]);
        }

        var page = new TextPage();
        table.WriteTo(page);
        output.Write(page.ToString());
        return code;
    }
}
