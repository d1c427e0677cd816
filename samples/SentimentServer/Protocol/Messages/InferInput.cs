using System.Text.Json;

namespace SentimentServer.Protocol.Messages;

/// <summary>An input tensor; its data flat or nested.</summary>
internal sealed record InferInput(string? Name, string? Datatype, long[]? Shape, JsonElement Data);
