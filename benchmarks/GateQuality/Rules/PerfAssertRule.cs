using System.Collections.Immutable;
using GateQuality.Simulation;
using PerfAssert.Judging;

namespace GateQuality.Rules;

/// <summary>The product's own rule, with its second block.</summary>
internal static class PerfAssertRule
{
    private static readonly PairedLevels Levels = PairedLevels.Of(0.95);

    /// <summary>The outcome of each budget of the gate.</summary>
    public static ImmutableArray<PairedOutcome> Decide(SimulatedTest test, double slower)
    {
        for (var look = 1; ; look++)
        {
            var outcomes = Once(look);
            if (look == PairedDecision.Looks || outcomes.All(o => !o.AwaitsConfirmation))
            {
                return outcomes;
            }
        }

        ImmutableArray<PairedOutcome> Once(int blocks) => PairedDecision.Decide(test.Evidence(slower, blocks), SimulatedTest.Rounds, confirms: true, Levels);
    }
}
