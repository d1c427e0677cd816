using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PerfAssert.Baselines;

/// <summary>The noise floor of one test in one environment.</summary>
/// <param name="Test">The test's full name.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Metrics">By the name of the metric.</param>
/// <param name="Conditions">Under which conditions: it says nothing about others.</param>
internal sealed record TestNoise(
    string Test,
    string Environment,
    [property: JsonConverter(typeof(OrdinalMapConverter<MetricNoise>))] ImmutableSortedDictionary<string, MetricNoise> Metrics,
    [property: JsonConverter(typeof(OrdinalMapConverter<string>))] ImmutableSortedDictionary<string, string> Conditions);
