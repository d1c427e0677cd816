using PerfAssert.Clients;

namespace PerfAssert.Payloads.Tensors;

/// <summary>A tensor to be filled with random elements.</summary>
public sealed record RandomTensor
{
    /// <summary>A tensor of a type and shape.</summary>
    /// <param name="name">Its name in the model.</param>
    /// <param name="type">Type of its elements.</param>
    /// <param name="shape">Length of each dimension, at least 1.</param>
    public RandomTensor(string name, TensorType type, params IReadOnlyList<long> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Count == 0 || shape.Any(length => length < 1))
        {
            throw new ArgumentException($"Tensor '{name}' has the shape [{string.Join(", ", shape)}], expected at least one dimension, each 1 or more.", nameof(shape));
        }

        (Name, Type, Shape) = (name, type, shape);
    }

    /// <summary>Its name in the model.</summary>
    public string Name { get; init; }

    /// <summary>Type of its elements.</summary>
    public TensorType Type { get; init; }

    /// <summary>Length of each dimension.</summary>
    public IReadOnlyList<long> Shape { get; init; }

    /// <summary>No element is smaller. Default: 0. Not used for BOOL; of BYTES, the fewest characters of a text.</summary>
    public double From { get; init; }

    /// <summary>
    /// The end of the range, not in it. Default: 1 for floating point, 100 for whole numbers, 17 for BYTES, whose texts have up to 16
    /// characters then. Not used for BOOL.
    /// </summary>
    public double? To { get; init; }
}
