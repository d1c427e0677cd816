namespace PerfAssert.Clients.TensorFlowServing;

/// <summary>Tensors for a model.</summary>
public sealed record PredictRequest
{
    /// <summary>Asks a model.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="inputs">Its inputs, at least one.</param>
    public PredictRequest(string model, params IReadOnlyList<Tensor> inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(inputs);
        (Model, Inputs) = (model, inputs.Count > 0 ? inputs : throw new ArgumentException("A prediction needs an input.", nameof(inputs)));
    }

    /// <summary>Name of the model.</summary>
    public string Model { get; init; }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<Tensor> Inputs { get; }

    /// <summary>Version of the model: a number. Default: the newest.</summary>
    public int? Version { get; init; }

    /// <summary>Label of a version, such as <c>stable</c>; not together with <see cref="Version"/>. Default: none.</summary>
    public string? Label { get; init; }

    /// <summary>Name of the signature. Default: the server's, <c>serving_default</c>.</summary>
    public string? Signature { get; init; }

    /// <summary>
    /// Whether inputs are sent by columns (<c>inputs</c>, each tensor whole) instead of rows (<c>instances</c>, along a first dimension that all
    /// tensors share). Default: false.
    /// </summary>
    public bool Columns { get; init; }
}
