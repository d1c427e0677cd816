using System.Text.Json;

namespace PerfAssert.Clients.OpenAI;

/// <summary>Texts to be turned into vectors.</summary>
public sealed record EmbeddingRequest
{
    /// <summary>One or more texts.</summary>
    /// <param name="inputs">The texts.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public EmbeddingRequest(params IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Inputs = inputs.Count > 0 ? inputs : throw new ArgumentException("At least one text is to be embedded.", nameof(inputs));
    }

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Whether the result carries the vectors. Default: false; keeping them costs memory and time.</summary>
    public bool KeepVectors { get; init; }

    /// <inheritdoc cref="GenerationRequest.ExtraJson"/>
    public string? ExtraJson
    {
        get => Extra?.GetRawText();
        init => Extra = value is null ? null : Http.JsonBody.ParseExtra(value);
    }

    internal JsonElement? Extra { get; private init; }
}
