using System.Collections.Immutable;
using PerfAssert.Runs;

namespace PerfAssert.Comparing;

/// <summary>The runs of one test in one environment.</summary>
/// <param name="Test">Full name.</param>
/// <param name="Environment">Where.</param>
/// <param name="Before">Of the base.</param>
/// <param name="After">Of the head.</param>
internal sealed record TestRuns(string Test, string Environment, ImmutableArray<RunFile> Before, ImmutableArray<RunFile> After);
