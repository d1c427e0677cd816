namespace PerfAssert.Clients.OpenInference;

/// <summary>What a model answered.</summary>
public sealed class InferResult
{
    internal InferResult(string? model, string? version, IReadOnlyList<Tensor> outputs) =>
        (Model, Version, Outputs) = (model, version, outputs);

    /// <summary>Name of the model that answered; null when the server did not say.</summary>
    public string? Model { get; }

    /// <summary>Version of the model that answered; null when the server did not say.</summary>
    public string? Version { get; }

    /// <summary>The outputs, in the server's order; at least one.</summary>
    public IReadOnlyList<Tensor> Outputs { get; }

    /// <summary>An output by its name.</summary>
    /// <param name="name">The output's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such output.</exception>
    public Tensor this[string name] =>
        Outputs.FirstOrDefault(output => output.Name == name)
        ?? throw new KeyNotFoundException($"The answer has no output '{name}'; it has {string.Join(", ", Outputs.Select(output => output.Name))}.");
}
