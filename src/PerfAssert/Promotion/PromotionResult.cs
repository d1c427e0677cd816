using System.Collections.Immutable;
using PerfAssert.Baselines;

namespace PerfAssert.Promotion;

/// <summary>What a promotion did.</summary>
/// <param name="Runs">Every run file, in the order of time.</param>
/// <param name="Gone">Baselines, in the environments of these runs, of tests that none of the runs is of.</param>
internal sealed record PromotionResult(ImmutableArray<PromotedRun> Runs, ImmutableArray<Baseline> Gone);
