namespace PerfAssert.Clients.OpenAI;

/// <summary>The vectors of some texts.</summary>
public sealed class EmbeddingResult
{
    internal EmbeddingResult()
    {
    }

    /// <summary>Vectors in the answer, one a text.</summary>
    public int Count { get; internal init; }

    /// <summary>Numbers in a vector.</summary>
    public int Dimensions { get; internal init; }

    /// <summary>Input tokens as the server counted them; null when it did not say.</summary>
    public long? InputTokens { get; internal init; }

    /// <summary>The vectors in the order of the texts; empty unless <see cref="EmbeddingRequest.KeepVectors"/> asked for them.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> Vectors { get; internal init; } = [];
}
