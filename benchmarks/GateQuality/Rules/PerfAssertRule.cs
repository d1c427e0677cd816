using System.Collections.Immutable;
using GateQuality.Simulation;
using PerfAssert.Judging;

namespace GateQuality.Rules;

/// <summary>The product's own rule, with its second block.</summary>
internal static class PerfAssertRule
{
    private static readonly PairedLevels Levels = PairedLevels.Of(0.95);

    /// <summary>The outcome of each budget of the gate.</summary>
    public static ImmutableArray<PairedOutcome> Decide(SimulatedTest test)
    {
        var outcomes = Once(test);
        if (outcomes.Any(o => o.AwaitsConfirmation))
        {
            test.MeasureAgain();
            outcomes = Once(test);
        }

        return outcomes;
    }

    private static ImmutableArray<PairedOutcome> Once(SimulatedTest test) =>
        PairedDecision.Decide(test.Evidence, SimulatedTest.Rounds, confirms: true, Levels);
}
