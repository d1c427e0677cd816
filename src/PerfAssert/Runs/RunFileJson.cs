using System.Text.Json.Serialization;
using PerfAssert.Planning;

namespace PerfAssert.Runs;

/// <summary>How a run file becomes JSON and back, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(HistogramConverter),
        typeof(CountsConverter),
        typeof(CamelCaseEnumConverter<RunMode>),
        typeof(CamelCaseEnumConverter<RunOutcome>),
        typeof(CamelCaseEnumConverter<RunVerdictKind>),
        typeof(CamelCaseEnumConverter<RunUnit>),
        typeof(CamelCaseEnumConverter<Variant>),
        typeof(CamelCaseEnumConverter<Arrivals>),
        typeof(CamelCaseEnumConverter<InconclusivePolicy>),
        typeof(CamelCaseEnumConverter<NotComparablePolicy>),
        typeof(RunEarlyEndConverter),
    ])]
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(RunFileHeader))]
internal sealed partial class RunFileJson : JsonSerializerContext;
