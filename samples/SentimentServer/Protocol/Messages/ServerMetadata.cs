namespace SentimentServer.Protocol.Messages;

internal sealed record ServerMetadata(string Name, string Version, string[] Extensions);
