using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>The wire form: snake case, absent instead of null.</summary>
[JsonSerializable(typeof(ServerMetadata))]
[JsonSerializable(typeof(ServerLive))]
[JsonSerializable(typeof(ServerReady))]
[JsonSerializable(typeof(ModelMetadata))]
[JsonSerializable(typeof(ModelReady))]
[JsonSerializable(typeof(InferRequest))]
[JsonSerializable(typeof(InferResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class ProtocolJson : JsonSerializerContext
{
    public static ProtocolJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // Quotes in messages stay readable: no answer is ever part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
