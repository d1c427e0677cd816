using System.CommandLine;
using System.Globalization;
using PerfAssert.Budgets;
using PerfAssert.Comparing;
using PerfAssert.Expressions;
using PerfAssert.Judging;
using PerfAssert.Planning;
using PerfAssert.Promotion;
using PerfAssert.Reports;
using PerfAssert.Runs;

namespace PerfAssert.Tool.Commands;

/// <summary><c>perfgate compare</c>.</summary>
internal static class CompareCommand
{
    private const int WidestCell = 40;

    public static Command Create()
    {
        var before = new Argument<string>("BASE") { Description = "Run file, or folder of run files, of what is compared with." };
        var after = new Argument<string>("HEAD") { Description = "The same of the version in question." };
        var budgets = new Option<string[]>("--budget")
        {
            Description = "What is allowed, \"p99 < baseline + 10 %\"; may be given several times. Without it: the relative budgets of HEAD's tests, or 5 % of p50, 10 % of p95, 15 % of p99.",
            HelpName = "BUDGET",
        };
        budgets.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value))
            {
                if (!Budget.TryParse(text, out var budget, out var error))
                {
                    result.AddError($"--budget: {error.Message}");
                }
                else if (budget.Kind == BudgetKind.Absolute)
                {
                    result.AddError($"--budget: found '{text}', expected one relative to the baseline, such as \"p99 < baseline + 10 %\"");
                }
            }
        });
        var gone = new Option<string[]>("--gone")
        {
            Description = "A test that was deleted or renamed on purpose, by its full name; may be given several times. Another test that HEAD has no run of ends with 1.",
            HelpName = "TEST",
        };
        var command = new Command("compare", "Compares two sets of run files, test by test. Nothing is run.") { before, after, budgets, gone };
        command.SetAction(result =>
        {
            var head = result.GetRequiredValue(after);
            var (old, now, file) = (RunFolder.Open(result.GetRequiredValue(before)), RunFolder.Open(head), Places.BudgetsFile(of: head));
            var compared = RunComparison.Compare(
                RunsOf(old, now), [.. (result.GetValue(budgets) ?? []).Select(Budget.Parse)], test => file.WaiversFor(test, Places.Today));
            List<string> tests = [.. now.Tests.Select(test => test.Test)];
            string[] notes =
            [
                .. Copies("BASE", old), .. Copies("HEAD", now), .. Swapped(old, now),
                .. IdleEntries.Waivers(file, tests).Select(idle => "waiver of " + idle),
                .. IdleEntries.Tests(file, tests).Select(idle => "not used: " + idle),
            ];
            result.InvocationConfiguration.Output.Write(Render(compared, notes));
            return Code(compared, result.GetValue(gone) ?? []);
        });
        return command;
    }

    private static IEnumerable<TestRuns> RunsOf(RunFolder before, RunFolder after) =>
        before.Tests.Union(after.Tests).OrderBy(test => test.Test, StringComparer.Ordinal).ThenBy(test => test.Environment, StringComparer.Ordinal)
            .Select(test => new TestRuns(test.Test, test.Environment, [.. before.Read(test).Select(item => item.Run)], [.. after.Read(test).Select(item => item.Run)]));

    private static IEnumerable<string> Copies(string name, RunFolder folder) => folder.Copies == 0 ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{name} has {folder.Copies} copies of run files: each run counts once")];

    private static IEnumerable<string> Swapped(RunFolder before, RunFolder after) => after.Started.Last >= before.Started.First ? []
        : ["every run of BASE is newer than those of HEAD: are the two swapped?"];

    private static int Code(ComparisonResult result, string[] gone)
    {
        var verdicts = result.Tests.SelectMany(test => test.Budgets.Where(budget => !budget.Waived).Select(budget => (Test: test, budget.Verdict))).ToList();
        return verdicts.Any(item => item.Verdict is Verdict.Broken or Verdict.NotMeasured) || result.Tests.Any(test => test.IsGone && !gone.Contains(test.Test)) ? ExitCode.Broken
            : result.Tests.Any(test => test.InvalidRuns > 0 && test.HeadRuns == 0) ? ExitCode.Invalid
            : NothingWasCompared(result) ? ExitCode.Inconclusive
            : verdicts.Any(item => (item.Verdict == Verdict.Inconclusive && item.Test.Inconclusive == InconclusivePolicy.Fail)
                || (item.Verdict == Verdict.NotComparable && item.Test.NotComparable == NotComparablePolicy.Fail))
                || result.Tests.Any(test => test.IsNew && test.NotComparable == NotComparablePolicy.Fail) ? ExitCode.Inconclusive
            : ExitCode.Ok;
    }

    /// <summary>Not one budget had runs to be held against: that is no pass, whatever the policy.</summary>
    private static bool NothingWasCompared(ComparisonResult result) => result.Tests.All(test => test.Budgets.All(budget => budget.PValue is null));

    private static string Render(ComparisonResult result, string[] notes)
    {
        var page = new TextPage();
        var fresh = result.Tests.Where(test => test.IsNew).Select(test => test.Test).ToList();
        foreach (var test in result.Tests)
        {
            Render(page, test, fresh, [.. result.Tests.Where(other => other.Test == test.Test && !other.IsGone).Select(other => other.Environment)]);
        }

        var budgets = result.Tests.SelectMany(test => test.Budgets).ToList();
        string[] sums =
        [
            Sum(budgets.Count(budget => budget.Verdict == Verdict.Broken && !budget.Waived), "regressed"),
            Sum(budgets.Count(budget => budget.Waived), "waived"),
            Sum(budgets.Count(budget => budget.Improved), "improved"),
            Sum(budgets.Count(budget => budget.Verdict == Verdict.Met && !budget.Improved), "passed"),
            Sum(budgets.Count(budget => budget.Verdict == Verdict.Inconclusive && !budget.Waived), "inconclusive"),
            Sum(budgets.Count(budget => budget.Verdict == Verdict.NotComparable), "not comparable"),
            Sum(budgets.Count(budget => budget.Verdict == Verdict.NotMeasured), "not measured"),
            Sum(result.Tests.Count(test => test.IsGone), "tests gone"),
            Sum(result.Tests.Count(test => test.IsNew), "tests new"),
            NothingWasCompared(result) ? "nothing was compared" : string.Empty,
        ];
        page.Heading(string.Join(", ", sums.Where(sum => sum.Length > 0)));
        foreach (var note in notes)
        {
            page.Line(note);
        }

        if (result.EnvironmentSuspected is { } suspected)
        {
            page.Line("environment suspected: " + suspected);
        }

        return page.ToString().TrimStart('\n');
    }

    private static string Sum(int count, string what) => count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{count} {what}");

    private static void Render(TextPage page, ComparedTest test, List<string> fresh, string[] environments)
    {
        page.Heading($"{test.Test}, environment {test.Environment}");
        if (test.InvalidRuns > 0)
        {
            page.Line($"{test.InvalidRuns} invalid or smoke runs of the head are left out", indent: 2);
        }

        if (test.HeadRuns == 0 || test.BaseRuns == 0)
        {
            page.Line(
                test.IsGone && environments.Length > 0 ? $"gone here: the base has runs of it in {test.Environment}, and the head in {string.Join(" and ", environments)} alone. " +
                    $"Only runs of one environment are compared: run the head in {test.Environment} as well, or the base in the other; PERFASSERT_ENVIRONMENT chooses one by its name"
                : test.IsGone ? $"gone: the base has runs of it, and the head has none{Suggestion.For(test.Test, fresh)}; if that is on purpose: --gone '{test.Test}'"
                : test.IsNew ? "new: the head has runs of it, and the base has no valid one"
                : "no valid run is left to compare",
                indent: 2);
            return;
        }

        var table = new TextTable(2, WidestCell, rightAligned: false);
        table.Add(["verdict", "budget", "base", "head", "change", "interval", "p"]);
        foreach (var budget in test.Budgets)
        {
            var share = budget.Metric.Quantity == Quantity.Share;
            table.Add(
                [
                    Word(budget),
                    budget.Budget,
                    Value(budget, budget.Base),
                    Value(budget, budget.Head),
                    Change(budget.Change, share),
                    budget.Lower is null && budget.Upper is null ? Figures.None : $"{Change(budget.Lower, share)} to {Change(budget.Upper, share)}",
                    budget.PValue is { } p ? Figures.Number(p, 2) : Figures.None,
                ],
                budget.Note is { } note ? [note] : []);
        }

        table.WriteTo(page);
    }

    private static string Word(ComparedBudget budget) => budget.Verdict switch
    {
        _ when budget.Waived => "waived",
        Verdict.Met => budget.Improved ? "improved" : "passed",
        Verdict.Broken => "REGRESSED",
        Verdict.Inconclusive => "inconclusive",
        Verdict.NotComparable => "not comparable",
        _ => "NOT MEASURED",
    };

    private static string Value(ComparedBudget budget, double? value) => Figures.Value(value, budget.Metric.Quantity switch
    {
        Quantity.Duration => RunUnit.Nanoseconds,
        Quantity.Share => RunUnit.Share,
        Quantity.PerSecond => RunUnit.PerSecond,
        Quantity.Usd => RunUnit.Usd,
        _ => RunUnit.Number,
    });

    private static string Change(double? change, bool share) => change is { } value
        ? $"{(value < 0 ? "" : "+")}{Figures.Number(value * 100)} {(share ? "points" : "%")}"
        : "unbounded";
}
