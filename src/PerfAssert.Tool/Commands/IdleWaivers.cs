using PerfAssert.Expressions;
using PerfAssert.Planning.Files;

namespace PerfAssert.Tool.Commands;

/// <summary>
/// Waivers of tests that there is no run of. A test run cannot tell: it may be a part of the suite. A folder of runs is what its owner calls
/// the whole.
/// </summary>
internal static class IdleWaivers
{
    public static IEnumerable<string> Of(BudgetsFile file, IReadOnlyCollection<string> tests) =>
        from waiver in file.Waivers
        where !tests.Contains(waiver.Value.Test)
        select $"{waiver.Value.Test}: the waiver of {waiver.Value.Budget.Value} ({waiver.Place}) is not used, no run is of this test{Suggestion.For(waiver.Value.Test, tests)}. " +
            "If it was deleted or renamed, take the waiver out";
}
