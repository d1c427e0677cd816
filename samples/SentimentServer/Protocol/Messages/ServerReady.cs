namespace SentimentServer.Protocol.Messages;

internal sealed record ServerReady(bool Ready);
