using System.Text.Json;

namespace SentimentServer.Protocol.Messages;

/// <summary>An input tensor; its data flat or nested, or behind the JSON with its size in the parameters.</summary>
internal sealed record InferInput(string? Name, string? Datatype, long[]? Shape, Dictionary<string, JsonElement>? Parameters, JsonElement Data);
