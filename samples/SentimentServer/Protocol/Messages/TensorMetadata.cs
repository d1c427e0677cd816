namespace SentimentServer.Protocol.Messages;

/// <summary>A tensor's name and form; −1 in the shape is any size.</summary>
internal sealed record TensorMetadata(string Name, string Datatype, int[] Shape);
