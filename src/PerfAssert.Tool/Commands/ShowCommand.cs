using System.Collections.Immutable;
using System.CommandLine;
using PerfAssert.Baselines;
using PerfAssert.Expressions;
using PerfAssert.Reports;
using PerfAssert.Runs;

namespace PerfAssert.Tool.Commands;

/// <summary><c>perfgate baseline show</c>.</summary>
internal static class ShowCommand
{
    private const int WidestCell = 40;

    private static readonly (string Metric, RunUnit Unit)[] Columns =
        [("p50", RunUnit.Nanoseconds), ("p95", RunUnit.Nanoseconds), ("p99", RunUnit.Nanoseconds), ("rps", RunUnit.PerSecond), ("errors", RunUnit.Share)];

    public static Command Create()
    {
        var test = new Argument<string?>("TEST")
        {
            Description = "Full name of the test, with its arguments if it has any. Without it: every test.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var folder = BaselineCommand.Folder();
        var environment = BaselineCommand.Environment();
        var command = new Command("show", "The stored runs of one test or of all: where they changed for good, and under which conditions they were made.") { test, folder, environment };
        command.SetAction(result => Show(
            Places.Baselines(result.GetValue(folder)),
            result.GetValue(environment),
            result.GetValue(test),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error));
        return command;
    }

    /// <summary>Says that a test has no baseline, and which name was perhaps meant.</summary>
    public static int Missing(BaselineStore store, string? environment, string? test, TextWriter error)
    {
        var where = environment is null ? store.Folder : $"{store.Folder} for environment {environment}";
        if (test is null)
        {
            error.WriteLine($"No baseline in {where}.");
            return ExitCode.Usage;
        }

        var known = store.Environments.Where(name => environment is null || name == environment).SelectMany(name => store.All(name, [])).Select(baseline => baseline.Test).Distinct().ToList();
        error.WriteLine(
            $"'{test}' has no baseline in {where}{Suggestion.For(test, known)}. `perfgate baseline list` names those that have.");
        return ExitCode.Usage;
    }

    private static int Show(BaselineStore store, string? environment, string? test, TextWriter output, TextWriter error)
    {
        var problems = new List<string>();
        var found = store.Environments.Where(name => environment is null || name == environment)
            .SelectMany(name => test is null ? store.All(name, problems) : store.Find(name, test) is { } one ? [one] : []).ToList();
        foreach (var problem in problems)
        {
            error.WriteLine(problem);
        }

        output.Write(string.Join('\n', found.Select(Render)));
        return problems.Count > 0 ? ExitCode.Usage
            : found.Count > 0 ? ExitCode.Ok
            : Missing(store, environment, test, error);
    }

    private static IEnumerable<string> Changes(Baseline baseline, string metric, RunUnit unit)
    {
        var last = baseline.Runs[^1].Conditions;
        var runs = baseline.Runs
            .Where(run => !Conditions.Differences(run.Conditions, last).Any() && run.Value(metric) is not null)
            .Select(run => (Run: run, Value: run.Value(metric)!.Value)).ToImmutableArray();
        var changes = History.ChangesOf(runs, areShares: unit == RunUnit.Share);
        for (var i = 0; i < changes.Count; i++)
        {
            var (start, at, end) = (i == 0 ? 0 : changes[i - 1], changes[i], i + 1 < changes.Count ? changes[i + 1] : runs.Length);
            var (before, after) = (Median(start, at), Median(at, end));
            yield return $"{metric}: {Figures.Value(before, unit)} to {Figures.Value(after, unit)}, after {RunLine.Time(runs[at - 1].Run)} ({RunLine.Commit(runs[at - 1].Run)}) " +
                $"and by {RunLine.Time(runs[at].Run)} ({RunLine.Commit(runs[at].Run)})";
        }

        double? Median(int from, int to) => BaselineRun.Median([.. runs[from..to].Select(run => run.Value)]);
    }

    private static string Render(Baseline baseline)
    {
        var page = new TextPage();
        page.Line($"{baseline.Test}, environment {baseline.Environment}");
        var table = new TextTable(2, WidestCell, rightAligned: false);
        table.Add(["", "run", "commit", "requests", .. Columns.Select(column => column.Metric)]);
        var last = baseline.Runs[^1];
        foreach (var run in baseline.Runs)
        {
            var differs = Conditions.Differences(run.Conditions, last.Conditions).ToList();
            table.Add(
                [
                    differs.Count == 0 ? " " : "~",
                    RunLine.Time(run),
                    RunLine.Commit(run),
                    Figures.Count(run.Requests),
                    .. Columns.Select(column => Figures.Value(run.Value(column.Metric), column.Unit)),
                ]);
        }

        table.WriteTo(page);
        var changes = Columns.SelectMany(column => Changes(baseline, column.Metric, column.Unit)).ToList();
        if (changes.Count > 0)
        {
            page.Heading("Changes for good; only runs since the last one of a metric are compared with:");
            foreach (var change in changes)
            {
                page.Line(change, indent: 2);
            }
        }

        page.Heading("Values are medians over a run's rounds. Conditions of the last run; a run marked ~ was made under others:");
        foreach (var (name, value) in last.Conditions)
        {
            page.Line($"{name}: {value}", indent: 2);
        }

        return page.ToString();
    }
}
