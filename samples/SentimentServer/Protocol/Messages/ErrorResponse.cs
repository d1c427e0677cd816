namespace SentimentServer.Protocol.Messages;

internal sealed record ErrorResponse(string Error);
