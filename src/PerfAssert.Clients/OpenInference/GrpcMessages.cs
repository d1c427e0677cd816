using Google.Protobuf;
using PerfAssert.Clients.OpenInference.Wire;
using PerfAssert.Clients.Tensors;

namespace PerfAssert.Clients.OpenInference;

/// <summary>Tensors as messages of the Open Inference Protocol, and back.</summary>
internal static class GrpcMessages
{
    public static ModelInferRequest Write(InferRequest infer, TensorEncoding encoding)
    {
        var message = new ModelInferRequest { ModelName = infer.Model, ModelVersion = infer.Version ?? string.Empty };
        foreach (var input in infer.Inputs)
        {
            var tensor = new ModelInferRequest.Types.InferInputTensor { Name = input.Name, Datatype = input.Type.Name() };
            tensor.Shape.AddRange(input.Shape);
            if (encoding == TensorEncoding.Plain)
            {
                tensor.Contents = TypedContents.Write(input);
            }
            else
            {
                // The message lives no longer than the call, in which the tensor's memory is the caller's to keep.
                message.RawInputContents.Add(UnsafeByteOperations.UnsafeWrap(input.Data));
            }

            message.Inputs.Add(tensor);
        }

        foreach (var output in infer.Outputs)
        {
            message.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = output });
        }

        return message;
    }

    /// <exception cref="ArgumentException">The message is not what the protocol says.</exception>
    public static InferResult Read(ModelInferResponse message)
    {
        var raw = message.RawOutputContents;
        if (message.Outputs.Count == 0 || (raw.Count > 0 && raw.Count != message.Outputs.Count))
        {
            throw new ArgumentException($"{message.Outputs.Count} outputs, {raw.Count} raw contents");
        }

        var outputs = new List<Tensor>(message.Outputs.Count);
        foreach (var output in message.Outputs)
        {
            var type = TensorTypes.Parse(output.Datatype) ?? throw new ArgumentException($"datatype '{output.Datatype}' is unknown");
            var data = raw.Count > 0 ? raw[outputs.Count].Memory : TypedContents.Read(output.Contents, type);
            outputs.Add(Tensor.Raw(output.Name, type, data, [.. output.Shape]));
        }

        return new InferResult(message.ModelName, message.ModelVersion, outputs);
    }
}
