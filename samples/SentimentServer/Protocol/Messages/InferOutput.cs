using System.Text.Json.Serialization;

namespace SentimentServer.Protocol.Messages;

/// <summary>An output tensor; its data a flat array.</summary>
[JsonDerivedType(typeof(InferOutput<string>))]
[JsonDerivedType(typeof(InferOutput<float>))]
internal abstract record InferOutput(string Name, string Datatype, int[] Shape);

/// <inheritdoc cref="InferOutput"/>
internal sealed record InferOutput<T>(string Name, string Datatype, int[] Shape, [property: JsonPropertyOrder(1)] T[] Data)
    : InferOutput(Name, Datatype, Shape);
