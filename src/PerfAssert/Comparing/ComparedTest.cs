using System.Collections.Immutable;
using PerfAssert.Planning;

namespace PerfAssert.Comparing;

/// <summary>One test on both sides.</summary>
/// <param name="Test">Full name.</param>
/// <param name="Environment">Where.</param>
/// <param name="BaseRuns">Valid runs of the base; 0: the test is new.</param>
/// <param name="HeadRuns">Valid runs of the head; 0, without invalid ones either: the test is gone, whatever the base's runs are worth.</param>
/// <param name="InvalidRuns">Runs of the head that say nothing: invalid ones, and those of smoke mode.</param>
/// <param name="Budgets">What was compared; empty where there was nothing.</param>
/// <param name="Inconclusive">What the head's policy makes of it.</param>
/// <param name="NotComparable">What the head's policy makes of that.</param>
internal sealed record ComparedTest(
    string Test,
    string Environment,
    int BaseRuns,
    int HeadRuns,
    int InvalidRuns,
    ImmutableArray<ComparedBudget> Budgets,
    InconclusivePolicy Inconclusive,
    NotComparablePolicy NotComparable)
{
    public bool IsGone => HeadRuns == 0 && InvalidRuns == 0;

    public bool IsNew => BaseRuns == 0 && HeadRuns > 0;
}
