using System.Text.Json.Serialization;

namespace SentimentServer.Protocol.Messages;

/// <summary>An output tensor.</summary>
[JsonDerivedType(typeof(InferOutput<string>))]
[JsonDerivedType(typeof(InferOutput<float>))]
[JsonDerivedType(typeof(RawInferOutput))]
internal abstract record InferOutput(string Name, string Datatype, int[] Shape);

/// <summary>An output tensor with its data as a flat array.</summary>
internal sealed record InferOutput<T>(string Name, string Datatype, int[] Shape, [property: JsonPropertyOrder(1)] T[] Data)
    : InferOutput(Name, Datatype, Shape);
