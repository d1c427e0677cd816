using PerfAssert.Runs;

namespace PerfAssert.Reports;

/// <summary>Why requests failed.</summary>
internal static class ErrorSection
{
    private const int MostGroups = 8;
    private const int ExampleLines = 5;

    public static void Write(TextPage page, RunFile run)
    {
        if (run.Errors.Length == 0)
        {
            return;
        }

        page.Heading("Errors");
        foreach (var error in run.Errors.Take(MostGroups))
        {
            page.Line($"{Figures.Count(error.Count)} x {error.Kind}: {error.Message}", indent: 2, hanging: 4);
            var round = run.Rounds.Length > 1 ? $" in round {error.FirstRound + 1}" : string.Empty;
            page.Line($"first after {Figures.Milliseconds(error.FirstAtMs)}{round}", indent: 6);
            Example(page, error);
        }

        if (run.Errors.Length > MostGroups)
        {
            var (kinds, requests) = (run.Errors.Length - MostGroups, run.Errors.Skip(MostGroups).Sum(error => error.Count));
            page.Line($"and {Figures.Count(kinds, "more kind")} of error, {Figures.Count(requests, "request")}: see the run file", indent: 2);
        }
    }

    private static void Example(TextPage page, RunError error)
    {
        var lines = error.Example.ReplaceLineEndings("\n")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(line => IsSaid(line, error))
            .ToList();
        foreach (var line in lines.Take(ExampleLines))
        {
            page.Cut(line, indent: 6);
        }

        if (lines.Count > ExampleLines)
        {
            page.Line($"{Figures.Count(lines.Count - ExampleLines, "more line")}: see the run file", indent: 6);
        }
    }

    // The first line of an exception's text is its type and message once more.
    private static bool IsSaid(string line, RunError error) =>
        line == error.Message || line == $"{error.Kind}: {error.Message}";
}
