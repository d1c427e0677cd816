using SentimentServer.Model;
using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>How the server and its one model present themselves.</summary>
internal static class ServedModel
{
    public static ServerMetadata Server { get; } =
        new("SentimentServer", typeof(ServedModel).Assembly.GetName().Version!.ToString(3), ["binary_tensor_data"]);

    public static ModelMetadata Metadata { get; } = new(
        SentimentModel.Name,
        [SentimentModel.Version],
        "onnxruntime_onnx",
        [new(TextTensor.Name, TextTensor.Datatype, [-1])],
        [new(SentimentTensors.Label, SentimentTensors.LabelType, [-1]), new(SentimentTensors.Score, SentimentTensors.ScoreType, [-1])]);

    /// <summary>Refuses a model or version that is not served; no version means the latest.</summary>
    public static void Require(string name, string? version)
    {
        if (name != SentimentModel.Name)
        {
            throw NotFound($"unknown model '{name}': this server has '{SentimentModel.Name}'");
        }

        if (version is not (null or SentimentModel.Version))
        {
            throw NotFound($"model '{name}' has no version '{version}': it has '{SentimentModel.Version}'");
        }
    }

    private static ProtocolException NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}
