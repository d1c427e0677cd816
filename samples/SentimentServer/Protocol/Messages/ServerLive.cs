namespace SentimentServer.Protocol.Messages;

internal sealed record ServerLive(bool Live);
