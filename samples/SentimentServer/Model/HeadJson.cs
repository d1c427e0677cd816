using System.Text.Json.Serialization;

namespace SentimentServer.Model;

/// <summary>The head file's form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(SentimentHead))]
internal sealed partial class HeadJson : JsonSerializerContext;
