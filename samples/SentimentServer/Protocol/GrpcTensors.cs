using Google.Protobuf;

using PerfAssert.Clients.OpenInference.Wire;

using SentimentServer.Model;
using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>Reads and writes the messages of gRPC, with raw tensors or typed ones.</summary>
internal static class GrpcTensors
{
    public static SentimentRequest Read(ModelInferRequest request)
    {
        // Raw contents are answered with raw contents.
        var isRaw = request.RawInputContents.Count > 0;
        var outputs = request.Outputs.Count == 0 ? SentimentTensors.All(isRaw)
            : [.. request.Outputs.Select(output => new RequestedOutput(SentimentTensors.Known(output.Name), isRaw))];
        if (request.Inputs is not [var input])
        {
            throw TextTensor.NotOneInput();
        }

        var count = TextTensor.Check(input.Name, input.Datatype, [.. input.Shape]);
        var texts = request.RawInputContents switch
        {
            [] => input.Contents?.BytesContents.Select(text => RawTensors.ReadText(text.Span)).ToList() ?? [],
            [var raw] => RawTensors.ReadTexts(raw.Span),
            var several => throw ProtocolException.BadRequest($"raw_input_contents has {several.Count} entries for 1 input"),
        };
        return new SentimentRequest(request.Id, TextTensor.Counted(texts, count, [.. input.Shape]), outputs);
    }

    public static ModelInferResponse Write(SentimentAnswer answer)
    {
        var response = new ModelInferResponse
        {
            ModelName = SentimentModel.Name,
            ModelVersion = SentimentModel.Version,
            Id = answer.Request.Id ?? string.Empty,
        };
        foreach (var (name, isRaw) in answer.Request.Outputs)
        {
            var isLabel = name == SentimentTensors.Label;
            var tensor = new ModelInferResponse.Types.InferOutputTensor { Name = name, Datatype = isLabel ? SentimentTensors.LabelType : SentimentTensors.ScoreType, Shape = { answer.Sentiments.Length } };
            response.Outputs.Add(tensor);
            if (isRaw)
            {
                response.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(RawTensors.Write(name, answer.Sentiments)));
            }
            else
            {
                tensor.Contents = isLabel
                    ? new InferTensorContents { BytesContents = { answer.Sentiments.Select(sentiment => ByteString.CopyFromUtf8(sentiment.Label)) } }
                    : new InferTensorContents { Fp32Contents = { answer.Sentiments.Select(sentiment => sentiment.Score) } };
            }
        }

        return response;
    }

    public static ModelMetadataResponse Write(ModelMetadata metadata)
    {
        var response = new ModelMetadataResponse { Name = metadata.Name, Platform = metadata.Platform, Versions = { metadata.Versions } };
        response.Inputs.AddRange(metadata.Inputs.Select(Tensor));
        response.Outputs.AddRange(metadata.Outputs.Select(Tensor));
        return response;

        static ModelMetadataResponse.Types.TensorMetadata Tensor(TensorMetadata tensor) => new()
        {
            Name = tensor.Name,
            Datatype = tensor.Datatype,
            Shape = { tensor.Shape.Select(length => (long)length) },
        };
    }
}
