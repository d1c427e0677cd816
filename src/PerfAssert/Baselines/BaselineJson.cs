using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PerfAssert.Baselines;

/// <summary>How a line of a baseline becomes JSON and back, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BaselineRun))]
[JsonSerializable(typeof(ImmutableArray<double?>))]
[JsonSerializable(typeof(TestNoise))]
[JsonSerializable(typeof(string))]
internal sealed partial class BaselineJson : JsonSerializerContext;
