using PerfAssert.Expressions;
using PerfAssert.Planning;
using PerfAssert.Planning.Files;

namespace PerfAssert.Tool.Commands;

/// <summary>
/// What <c>perf-budgets.json</c> says of tests that there is no run of. A test run cannot tell: it may be a part of the suite. A folder of runs is
/// what its owner calls the whole.
/// </summary>
internal static class IdleEntries
{
    public static IEnumerable<string> Waivers(BudgetsFile file, IReadOnlyCollection<string> tests) =>
        from waiver in file.Waivers
        where !tests.Contains(waiver.Value.Test)
        select $"{waiver.Value.Test}: the waiver of {waiver.Value.Budget.Value} ({waiver.Place}) is not used, no run is of this test{Ending(waiver.Value.Test, tests)} " +
            "If it was deleted or renamed, take the waiver out";

    public static IEnumerable<string> Tests(BudgetsFile file, IReadOnlyCollection<string> tests)
    {
        var ran = tests.Select(TestDeclaration.FromFullName).ToList();
        return
            from entry in file.Tests
            where !ran.Exists(test => test.Matches(entry.Name.Value))
            select $"{entry.Name.Value}: this entry of \"tests\" ({entry.Name.Place}) is not used, no run is of such a test" +
                $"{Ending(entry.Name.Value, ran.Select(test => test.TestName).Distinct())} If it is not for tests of another machine, put the name right or take it out";
    }

    private static string Ending(string name, IEnumerable<string> tests) => Suggestion.For(name, tests) is { Length: > 0 } suggestion ? suggestion : ".";
}
