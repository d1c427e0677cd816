using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfAssert.Runs;

/// <summary>Why a load ended, as its name in camel case; first versions wrote it as a number, which is still read.</summary>
internal sealed class RunEarlyEndConverter() : JsonStringEnumConverter<RunEarlyEnd>(JsonNamingPolicy.CamelCase, allowIntegerValues: true);
