using System.Globalization;
using PerfAssert.Runs;

namespace PerfAssert.Reports;

/// <summary>The result of one test as plain text: the test's output, and its failure message.</summary>
internal static class ConsoleReport
{
    /// <summary>Renders a run; the path is where its run file is, if it was written.</summary>
    public static string Render(RunFile run, string? runFilePath)
    {
        var page = new TextPage();
        Headline(page, run);
        InvalidReasons(page, run);
        BudgetSection.Write(page, run);
        if (run.Mode == RunMode.Gate)
        {
            DistributionSection.Write(page, run);
        }

        RequestSection.Write(page, run);
        ErrorSection.Write(page, run);
        if (run.Mode == RunMode.Gate)
        {
            GeneratorSection.Write(page, run);
        }

        List(page, "Not from an attribute", run.Plan.Notes);
        List(page, "Warnings", run.Warnings);
        Origin(page, run, runFilePath);
        return page.ToString();
    }

    private static void Headline(TextPage page, RunFile run)
    {
        var outcome = run.Outcome switch
        {
            RunOutcome.Passed => "PASSED",
            RunOutcome.Failed => "FAILED",
            _ => "INVALID",
        };
        page.Line($"{outcome}  {run.TestName}", hanging: outcome.Length + 2);
        string[] facts =
        [
            run.Mode == RunMode.Smoke ? "smoke: one request" : run.Plan.Load.Expression,
            .. run.Mode == RunMode.Smoke ? Array.Empty<string>() : [Loop(run), Rounds(run)],
            $"environment {run.Plan.Environment}",
            $"took {Figures.Milliseconds(run.DurationMs)}",
        ];
        page.Line(string.Join(" | ", facts), outcome.Length + 2, hanging: 0);
    }

    private static string Loop(RunFile run) =>
        !run.OpenLoop ? "closed loop" : run.Plan.Load.Arrivals == Arrivals.Poisson ? "open loop, Poisson arrivals" : "open loop";

    // More than planned: undecided after the first look, so measured again. Fewer: cut off.
    private static string Rounds(RunFile run)
    {
        var measured = run.Rounds.Count(round => round.Variant == Variant.Candidate);
        var planned = Figures.Count(run.Plan.Load.Rounds, "round") + (run.Rounds.Length > measured ? " of both versions" : string.Empty);
        return (measured - run.Plan.Load.Rounds) switch
        {
            0 => planned + Ended(run),
            > 0 => $"{planned}, extended to {Figures.Count(measured)} to decide{Ended(run)}",
            _ => $"{Figures.Count(measured)} of {planned}{Ended(run)}",
        };
    }

    private static string Ended(RunFile run) => run.Ended switch
    {
        RunEarlyEnd.Decided => $", ended after {Figures.Milliseconds(run.MeasuredMs)}: every budget was decided",
        RunEarlyEnd.MaxDuration => $", ended at MaxDuration = {Figures.Milliseconds(run.Plan.Load.MaxDurationMs ?? run.MeasuredMs)}",
        _ => string.Empty,
    };

    private static void InvalidReasons(TextPage page, RunFile run)
    {
        if (run.Outcome != RunOutcome.Invalid)
        {
            return;
        }

        page.Heading("This run says nothing about the server, neither good nor bad: no budget is judged.");
        foreach (var reason in run.InvalidReasons)
        {
            page.Line("because " + reason, indent: 2);
        }
    }

    private static string Server(RunServer server)
    {
        var digest = server.Digest is { } known && !server.Image.Contains(known, StringComparison.Ordinal) ? $" ({known[..Math.Min(19, known.Length)]})" : string.Empty;
        var starts = server.ColdStartsMs.Length switch
        {
            0 => string.Empty,
            1 => $", ready after {Figures.Milliseconds(server.ColdStartsMs[0])}",
            var count => $", ready after {Figures.Milliseconds(server.ColdStartsMs.Min())} to {Figures.Milliseconds(server.ColdStartsMs.Max())} in {Figures.Count(count)} starts",
        };
        return $"{server.Variant}: {server.Name} {server.Image}{digest}{starts}";
    }

    private static void List(TextPage page, string heading, IReadOnlyCollection<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        page.Heading(heading);
        foreach (var line in lines)
        {
            page.Line(line, indent: 2);
        }
    }

    private static void Origin(TextPage page, RunFile run, string? runFilePath)
    {
        page.Heading($"Ran on: {run.Machine}");
        foreach (var server in run.Servers ?? [])
        {
            page.Line(Server(server));
        }

        var commit = run.Commit is { } hash ? $", commit {hash[..Math.Min(12, hash.Length)]}" : string.Empty;
        page.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Started: {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{commit}, PerfAssert {run.LibraryVersion}"));
        if (runFilePath is not null)
        {
            page.Line($"Run file: {runFilePath}");
        }
    }
}
