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
        var allowGone = new Option<bool>("--allow-gone") { Description = "Tests that HEAD no longer has are named and do not fail. Without it they do: what is not there was not measured." };
        var command = new Command("compare", "Compares two sets of run files, test by test. Nothing is run.") { before, after, budgets, allowGone };
        command.SetAction(result =>
        {
            var (old, now) = (RunFolder.Read(result.GetRequiredValue(before)), RunFolder.Read(result.GetRequiredValue(after)));
            var compared = RunComparison.Compare(
                [.. old.Select(item => item.Run)], [.. now.Select(item => item.Run)], [.. (result.GetValue(budgets) ?? []).Select(Budget.Parse)]);
            result.InvocationConfiguration.Output.Write(Render(compared));
            return Code(compared, result.GetValue(allowGone));
        });
        return command;
    }

    private static int Code(ComparisonResult result, bool allowGone)
    {
        var verdicts = result.Tests.SelectMany(test => test.Budgets.Select(budget => (Test: test, budget.Verdict))).ToList();
        var gone = !allowGone && result.Tests.Any(test => test.HeadRuns == 0 && test.InvalidRuns == 0);
        return gone || verdicts.Any(item => item.Verdict is Verdict.Broken or Verdict.NotMeasured) ? ExitCode.Broken
            : result.Tests.Any(test => test.InvalidRuns > 0 && test.HeadRuns == 0) ? ExitCode.Invalid
            : verdicts.Any(item => (item.Verdict == Verdict.Inconclusive && item.Test.Inconclusive == InconclusivePolicy.Fail)
                || (item.Verdict == Verdict.NotComparable && item.Test.NotComparable == NotComparablePolicy.Fail))
                || result.Tests.Any(test => test.BaseRuns == 0 && test.NotComparable == NotComparablePolicy.Fail) ? ExitCode.Inconclusive
            : ExitCode.Ok;
    }

    private static string Render(ComparisonResult result)
    {
        var page = new TextPage();
        foreach (var test in result.Tests)
        {
            Render(page, test);
        }

        var budgets = result.Tests.SelectMany(test => test.Budgets).ToList();
        string[] sums =
        [
            Sum(budgets.Count(budget => budget.Verdict == Verdict.Broken), "regressed"),
            Sum(budgets.Count(budget => budget.Improved), "improved"),
            Sum(budgets.Count(budget => budget.Verdict == Verdict.Met && !budget.Improved), "passed"),
            Sum(budgets.Count(budget => budget.Verdict == Verdict.Inconclusive), "inconclusive"),
            Sum(budgets.Count(budget => budget.Verdict == Verdict.NotComparable), "not comparable"),
            Sum(budgets.Count(budget => budget.Verdict == Verdict.NotMeasured), "not measured"),
            Sum(result.Tests.Count(test => test.HeadRuns == 0), "tests gone"),
            Sum(result.Tests.Count(test => test.BaseRuns == 0), "tests new"),
        ];
        page.Heading(string.Join(", ", sums.Where(sum => sum.Length > 0)));
        if (result.EnvironmentSuspected is { } suspected)
        {
            page.Line("environment suspected: " + suspected);
        }

        return page.ToString().TrimStart('\n');
    }

    private static string Sum(int count, string what) => count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{count} {what}");

    private static void Render(TextPage page, ComparedTest test)
    {
        page.Heading($"{test.Test}, environment {test.Environment}");
        if (test.InvalidRuns > 0)
        {
            page.Line($"{test.InvalidRuns} invalid runs of the head are left out", indent: 2);
        }

        if (test.HeadRuns == 0 || test.BaseRuns == 0)
        {
            page.Line(test.HeadRuns == 0 ? "gone: the base has runs of it, and the head has no valid one" : "new: the head has runs of it, and the base has no valid one", indent: 2);
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
