using System.Buffers.Binary;
using System.Text;

using Google.Protobuf;

using PerfAssert.Clients.OpenInference.Wire;

using SentimentServer.Model;
using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>Reads and writes the messages of gRPC, with raw tensors or typed ones.</summary>
internal static class GrpcTensors
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SentimentRequest Read(ModelInferRequest request)
    {
        string[] outputs = request.Outputs.Count == 0
            ? [SentimentTensors.Label, SentimentTensors.Score]
            : [.. request.Outputs.Select(output => SentimentTensors.Known(output.Name))];
        if (request.Inputs is not [var input])
        {
            throw TextTensor.NotOneInput();
        }

        var count = TextTensor.Check(input.Name, input.Datatype, [.. input.Shape]);
        var texts = request.RawInputContents switch
        {
            [] => input.Contents?.BytesContents.Select(text => Text(text.Span)).ToList() ?? [],
            [var raw] => Raw(raw.Span),
            var several => throw ProtocolException.BadRequest($"raw_input_contents has {several.Count} entries for 1 input"),
        };
        return new SentimentRequest(request.Id, TextTensor.Counted(texts, count, [.. input.Shape]), outputs);
    }

    public static ModelInferResponse Write(SentimentAnswer answer, bool raw)
    {
        var response = new ModelInferResponse
        {
            ModelName = SentimentModel.Name,
            ModelVersion = SentimentModel.Version,
            Id = answer.Request.Id ?? string.Empty,
        };
        foreach (var name in answer.Request.Outputs)
        {
            var isLabel = name == SentimentTensors.Label;
            var tensor = new ModelInferResponse.Types.InferOutputTensor { Name = name, Datatype = isLabel ? "BYTES" : "FP32", Shape = { answer.Sentiments.Length } };
            response.Outputs.Add(tensor);
            if (raw)
            {
                response.RawOutputContents.Add(isLabel ? RawLabels(answer.Sentiments) : RawScores(answer.Sentiments));
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

    /// <summary>A raw BYTES tensor: before each element its length, 4 bytes, little-endian.</summary>
    private static List<string> Raw(ReadOnlySpan<byte> raw)
    {
        var texts = new List<string>();
        while (!raw.IsEmpty)
        {
            if (!BinaryPrimitives.TryReadUInt32LittleEndian(raw, out var length) || length > raw.Length - sizeof(uint))
            {
                throw ProtocolException.BadRequest($"input '{TextTensor.Name}' has raw contents that end inside an element");
            }

            texts.Add(Text(raw.Slice(sizeof(uint), (int)length)));
            raw = raw[(sizeof(uint) + (int)length)..];
        }

        return texts;
    }

    private static string Text(ReadOnlySpan<byte> text)
    {
        try
        {
            return s_strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw TextTensor.NoUnicode();
        }
    }

    private static ByteString RawLabels(Sentiment[] sentiments)
    {
        using var labels = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (var sentiment in sentiments)
        {
            var label = Encoding.UTF8.GetBytes(sentiment.Label);
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)label.Length);
            labels.Write(length);
            labels.Write(label);
        }

        return ByteString.CopyFrom(labels.GetBuffer().AsSpan(0, (int)labels.Length));
    }

    private static ByteString RawScores(Sentiment[] sentiments)
    {
        var scores = new byte[sentiments.Length * sizeof(float)];
        for (var i = 0; i < sentiments.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(scores.AsSpan(i * sizeof(float)), sentiments[i].Score);
        }

        return UnsafeByteOperations.UnsafeWrap(scores);
    }
}
