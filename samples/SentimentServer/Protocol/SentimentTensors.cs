using System.Text.Json;

using SentimentServer.Model;
using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>The outputs of the model, as asked for.</summary>
internal static class SentimentTensors
{
    public const string Label = "label";
    public const string Score = "score";

    /// <summary>The names to answer with, in the order asked for; both when none is asked for.</summary>
    public static string[] Requested(InferRequest request)
    {
        if (request.Outputs is not { Length: > 0 } outputs)
        {
            RejectBinary(request.Parameters, "binary_data_output");
            return [Label, Score];
        }

        foreach (var output in outputs)
        {
            Known(output?.Name);
            RejectBinary(output!.Parameters, "binary_data");
        }

        return Array.ConvertAll(outputs, output => output!.Name!);
    }

    /// <summary>The name, when it is one of an output.</summary>
    public static string Known(string? name) => name is Label or Score
        ? name
        : throw ProtocolException.BadRequest($"unexpected output '{name}': the model's outputs are '{Label}' and '{Score}'");

    public static InferOutput[] Write(Sentiment[] sentiments, string[] names) =>
        Array.ConvertAll<string, InferOutput>(names, name => name == Label
            ? new InferOutput<string>(Label, "BYTES", [sentiments.Length], Array.ConvertAll(sentiments, s => s.Label))
            : new InferOutput<float>(Score, "FP32", [sentiments.Length], Array.ConvertAll(sentiments, s => s.Score)));

    private static void RejectBinary(Dictionary<string, JsonElement>? parameters, string name)
    {
        if (parameters is not null && parameters.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.True)
        {
            throw ProtocolException.BadRequest($"the binary tensor extension is not supported: leave '{name}' out");
        }
    }
}
