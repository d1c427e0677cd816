using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfAssert.Runs;

/// <summary>An enum as its name in camel case; numbers are not accepted.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
