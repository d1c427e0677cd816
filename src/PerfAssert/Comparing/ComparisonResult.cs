using System.Collections.Immutable;

namespace PerfAssert.Comparing;

/// <summary>Two sets of runs, test by test. Tests of one side only are there too.</summary>
/// <param name="Tests">By name.</param>
/// <param name="EnvironmentSuspected">Why the environment changed rather than the code; <see langword="null"/>: nothing says so.</param>
internal sealed record ComparisonResult(ImmutableArray<ComparedTest> Tests, string? EnvironmentSuspected);
