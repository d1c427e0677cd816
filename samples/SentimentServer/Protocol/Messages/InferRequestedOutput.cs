using System.Text.Json;

namespace SentimentServer.Protocol.Messages;

internal sealed record InferRequestedOutput(string? Name, Dictionary<string, JsonElement>? Parameters);
