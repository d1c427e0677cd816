using PerfAssert.Runs;

namespace PerfAssert.Reports;

/// <summary>Budgets against a reference or a baseline: by how much the candidate differs, and how sure that is.</summary>
internal static class RelativeBudgetTable
{
    private const int WidestCell = 28;

    public static void Write(TextPage page, IReadOnlyList<RunVerdict> verdicts, bool valid)
    {
        var table = new TextTable(indent: 2, WidestCell, rightAligned: false);
        table.Add(["", "relative budget", "verdict", "observed", "change", "each end", "allowed", "p", "rounds"]);
        foreach (var verdict in verdicts)
        {
            table.Add(Cells(verdict, valid), [.. valid ? Comparison(verdict) : [], .. BudgetSection.Details(verdict, valid)]);
        }

        table.WriteTo(page);
    }

    private static string[] Cells(RunVerdict verdict, bool valid)
    {
        var change = valid ? verdict.Change : null;
        return
        [
            BudgetSection.Mark(verdict, valid),
            verdict.Budget,
            valid ? change?.Improved == true ? "improved" : BudgetSection.Word(verdict.Verdict) : "not judged",
            Figures.Value(verdict.Observed, verdict.Unit),
            change is null ? Figures.None : Figures.DistinctChange(change.Estimate, change.Allowed, change.IsDifference),
            change is null ? Figures.None : Interval(change),
            change is null ? Figures.None : Figures.DistinctChange(change.Allowed, change.Estimate, change.IsDifference),
            P(change?.PValue),
            change is null ? Figures.None : Figures.Count(change.Rounds),
        ];
    }

    private static string Interval(RunChange change) => (change.Lower, change.Upper) switch
    {
        (null, null) => Figures.None,
        ({ } lower, null) => ">= " + End(lower, change),
        (null, { } upper) => "<= " + End(upper, change),
        ({ } lower, { } upper) => $"{End(lower, change).Split(' ')[0]} to {End(upper, change)}",
    };

    private static string End(double end, RunChange change) => Figures.DistinctChange(end, change.Allowed, change.IsDifference);

    private static IEnumerable<string> Comparison(RunVerdict verdict)
    {
        if (verdict.Change is not { } change)
        {
            yield break;
        }

        string?[] parts =
        [
            change.Against is { } against ? $"compared with {Figures.Value(against, verdict.Unit)}" : null,
            change.Confidence is { } confidence ? $"each end at {Figures.Share(confidence)}" : null,
            change.ConfirmationPValue is { } again ? $"measured again: p = {P(again)}" : null,
            change.Detectable is { } detectable
                ? $"this plan finds {Figures.Change(detectable, change.IsDifference)} or {(verdict.Budget.Contains('>', StringComparison.Ordinal) ? "less" : "more")} in 80 of 100 runs"
                : null,
        ];
        yield return string.Join("; ", parts.OfType<string>());
        if (change.NeededRounds is { } rounds)
        {
            yield return $"about {Figures.Count(rounds)} rounds of this length would decide it, if the estimate stands";
        }
    }

    private static string P(double? p) => p switch
    {
        null => Figures.None,
        < 0.0001 => "< 0.0001",
        { } value => Figures.Number(value, 2),
    };
}
