using System.Text.Json.Serialization;

namespace SentimentServer.Protocol.Messages;

/// <summary>An output tensor whose data stand behind the JSON.</summary>
internal sealed record RawInferOutput(
    string Name, string Datatype, int[] Shape, [property: JsonPropertyOrder(1)] RawSize Parameters, [property: JsonIgnore] byte[] Data)
    : InferOutput(Name, Datatype, Shape);

/// <summary>How many bytes of the part behind the JSON are the tensor's.</summary>
internal sealed record RawSize(int BinaryDataSize);
