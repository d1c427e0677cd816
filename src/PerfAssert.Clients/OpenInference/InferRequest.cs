namespace PerfAssert.Clients.OpenInference;

/// <summary>Tensors for a model.</summary>
public sealed record InferRequest
{
    /// <summary>Asks a model for all its outputs.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="inputs">Its inputs.</param>
    public InferRequest(string model, params IReadOnlyList<Tensor> inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(inputs);
        (Model, Inputs) = (model, inputs);
    }

    /// <summary>Name of the model.</summary>
    public string Model { get; init; }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<Tensor> Inputs { get; init; }

    /// <summary>Version of the model. Default: the server's choice.</summary>
    public string? Version { get; init; }

    /// <summary>Names of the outputs wanted. Default: all.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
}
