namespace SentimentServer.Protocol.Messages;

internal sealed record InferResponse(string ModelName, string ModelVersion, string? Id, InferOutput[] Outputs);
