namespace SentimentServer.Protocol.Messages;

internal sealed record ModelMetadata(
    string Name, string[] Versions, string Platform, TensorMetadata[] Inputs, TensorMetadata[] Outputs);
