using PerfAssert.Runs;

namespace PerfAssert.Reports;

/// <summary>Every budget, met and broken, one a line.</summary>
internal static class BudgetSection
{
    private const int WidestCell = 30;

    public static void Write(TextPage page, RunFile run)
    {
        var valid = run.Outcome != RunOutcome.Invalid;
        page.Heading(Heading(run, valid));
        if (run.Verdicts.Length == 0)
        {
            return;
        }

        RunVerdict[] absolute = [.. run.Verdicts.Where(verdict => verdict.Limit is not null)];
        RunVerdict[] relative = [.. run.Verdicts.Where(verdict => verdict.Limit is null)];
        if (absolute.Length > 0)
        {
            var table = new TextTable(indent: 2, WidestCell, rightAligned: false);
            var confidence = Figures.Share(run.Plan.Policy.Confidence);
            table.Add(["", "budget", "verdict", "observed", confidence + " interval", "limit", "n (effective)"]);
            foreach (var verdict in absolute)
            {
                table.Add(Cells(verdict, valid), Details(verdict, valid));
            }

            table.WriteTo(page);
        }

        if (relative.Length > 0)
        {
            RelativeBudgetTable.Write(page, relative, valid);
        }
    }

    public static string Mark(RunVerdict verdict, bool valid) => !valid ? Figures.None : !verdict.Passed ? "FAIL" : verdict.Warned ? "warn" : "ok";

    private static string Heading(RunFile run, bool valid)
    {
        if (!valid || run.Verdicts.Length == 0)
        {
            return "Budgets: not judged";
        }

        var failed = run.Verdicts.Count(verdict => !verdict.Passed);
        var warned = run.Verdicts.Count(verdict => verdict.Passed && verdict.Warned);
        var unproven = run.Verdicts.Count(verdict => verdict.Passed && !verdict.Warned && verdict.Verdict == RunVerdictKind.Inconclusive);
        string[] parts =
        [
            failed == 0 ? "all hold" : $"{failed} of {run.Verdicts.Length} fail",
            .. warned == 0 ? Array.Empty<string>() : [$"{warned} with a warning"],
            .. unproven == 0 ? Array.Empty<string>() : [$"{unproven} unproven"],
        ];
        return "Budgets: " + string.Join(", ", parts);
    }

    private static string[] Cells(RunVerdict verdict, bool valid) =>
    [
        Mark(verdict, valid),
        verdict.Budget,
        valid ? Word(verdict.Verdict) : "not judged",
        Figures.Distinct(verdict.Observed, verdict.Limit, verdict.Unit),
        Interval(verdict),
        Figures.Value(verdict.Limit, verdict.Unit, digits: 6),
        Sample(verdict),
    ];

    public static string Word(RunVerdictKind verdict) => verdict switch
    {
        RunVerdictKind.Met => "met",
        RunVerdictKind.Broken => "broken",
        RunVerdictKind.Inconclusive => "inconclusive",
        RunVerdictKind.NotComparable => "not comparable",
        _ => "not measured",
    };

    private static string Interval(RunVerdict verdict) => (verdict.Lower, verdict.Upper) switch
    {
        (null, null) => Figures.None,
        ({ } lower, null) => ">= " + Figures.Value(lower, verdict.Unit),
        (null, { } upper) => "<= " + Figures.Value(upper, verdict.Unit),
        ({ } lower, { } upper) => $"{Figures.Value(lower, verdict.Unit)} to {Figures.Value(upper, verdict.Unit)}",
    };

    private static string Sample(RunVerdict verdict) =>
        verdict.EffectiveCount is { } effective && Figures.Count(effective) != Figures.Count(verdict.Count)
            ? $"{Figures.Count(verdict.Count)} ({Figures.Count(effective)})"
            : Figures.Count(verdict.Count);

    public static List<string> Details(RunVerdict verdict, bool valid)
    {
        var lines = new List<string>();
        if (verdict.Note is { } note)
        {
            lines.Add(valid && verdict.Verdict == RunVerdictKind.Inconclusive ? "unproven: " + note : note);
        }
        else if (valid && verdict.Verdict == RunVerdictKind.Inconclusive)
        {
            lines.Add(verdict.Change is null ? "unproven: the sample does not tell" : "unproven: the change may be on either side of what is allowed");
        }

        if (verdict.NeededCount is { } needed && verdict.Note?.Contains(Figures.Count(needed), StringComparison.Ordinal) != true)
        {
            lines.Add($"about {Figures.Count(needed, "request")} would be needed to decide");
        }

        if (valid && (!verdict.Passed || verdict.Warned))
        {
            lines.Add("declared: " + verdict.Source);
        }

        return lines;
    }
}
