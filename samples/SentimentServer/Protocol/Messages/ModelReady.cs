namespace SentimentServer.Protocol.Messages;

internal sealed record ModelReady(string Name, bool Ready);
