using System.Text.Json;

using SentimentServer.Model;
using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>The outputs of the model, as asked for.</summary>
internal static class SentimentTensors
{
    public const string Label = "label";
    public const string Score = "score";
    public const string LabelType = "BYTES";
    public const string ScoreType = "FP32";

    /// <summary>Both outputs.</summary>
    public static RequestedOutput[] All(bool isRaw) => [new(Label, isRaw), new(Score, isRaw)];

    /// <summary>The outputs to answer with, in the order asked for; both when none is asked for.</summary>
    public static RequestedOutput[] Requested(InferRequest request)
    {
        var isRaw = IsSet(request.Parameters, "binary_data_output") ?? false;
        return request.Outputs is not { Length: > 0 } outputs ? All(isRaw)
            : Array.ConvertAll(outputs, output => new RequestedOutput(Known(output?.Name), IsSet(output!.Parameters, "binary_data") ?? isRaw));
    }

    /// <summary>The name, when it is one of an output.</summary>
    public static string Known(string? name) => name is Label or Score
        ? name
        : throw ProtocolException.BadRequest($"unexpected output '{name}': the model's outputs are '{Label}' and '{Score}'");

    public static InferOutput[] Write(Sentiment[] sentiments, RequestedOutput[] outputs) =>
        Array.ConvertAll(outputs, output => output.IsRaw ? Raw(output.Name, sentiments) : Plain(output.Name, sentiments));

    private static InferOutput Plain(string name, Sentiment[] sentiments) => name == Label
        ? new InferOutput<string>(Label, LabelType, [sentiments.Length], Array.ConvertAll(sentiments, s => s.Label))
        : new InferOutput<float>(Score, ScoreType, [sentiments.Length], Array.ConvertAll(sentiments, s => s.Score));

    private static RawInferOutput Raw(string name, Sentiment[] sentiments)
    {
        var data = RawTensors.Write(name, sentiments);
        return new RawInferOutput(name, name == Label ? LabelType : ScoreType, [sentiments.Length], new RawSize(data.Length), data);
    }

    private static bool? IsSet(Dictionary<string, JsonElement>? parameters, string name) =>
        parameters is null || !parameters.TryGetValue(name, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw ProtocolException.BadRequest($"parameter '{name}' is a {value.ValueKind}, expected true or false");
}
