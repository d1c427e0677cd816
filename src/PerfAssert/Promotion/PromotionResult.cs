using System.Collections.Immutable;
using PerfAssert.Baselines;

namespace PerfAssert.Promotion;

/// <summary>What a promotion did.</summary>
/// <param name="Runs">Every run file, in the order of time.</param>
/// <param name="Gone">Baselines, in the environments of these runs, of tests that none of the runs is of.</param>
/// <param name="Problems">Which baselines could not be read or written, and why. They stay as they were, and the others are done.</param>
internal sealed record PromotionResult(ImmutableArray<PromotedRun> Runs, ImmutableArray<Baseline> Gone, ImmutableArray<string> Problems);
