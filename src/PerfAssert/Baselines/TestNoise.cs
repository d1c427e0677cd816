using System.Collections.Immutable;

namespace PerfAssert.Baselines;

/// <summary>The noise floor of one test.</summary>
/// <param name="Metrics">By the name of the metric.</param>
/// <param name="Conditions">Under which conditions: it says nothing about others.</param>
internal sealed record TestNoise(ImmutableSortedDictionary<string, MetricNoise> Metrics, ImmutableSortedDictionary<string, string> Conditions);
