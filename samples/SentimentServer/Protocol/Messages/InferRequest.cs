using System.Text.Json;

namespace SentimentServer.Protocol.Messages;

/// <summary>What a client sent, still unchecked: anything may be missing.</summary>
internal sealed record InferRequest(
    string? Id, Dictionary<string, JsonElement>? Parameters, InferInput?[]? Inputs, InferRequestedOutput?[]? Outputs);
