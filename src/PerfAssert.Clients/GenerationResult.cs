namespace PerfAssert.Clients;

/// <summary>A complete answer of a server that generates text.</summary>
public sealed class GenerationResult
{
    internal GenerationResult()
    {
    }

    /// <summary>Chunks with content: of a stream, those that were marked as tokens; otherwise 0.</summary>
    public int Chunks { get; internal init; }

    /// <summary>Input tokens as the server counted them; null when it did not say.</summary>
    public long? InputTokens { get; internal init; }

    /// <summary>Output tokens as the server counted them; null when it did not say.</summary>
    public long? OutputTokens { get; internal init; }

    /// <summary>Input tokens found in the server's cache; null when it did not say.</summary>
    public long? CachedTokens { get; internal init; }

    /// <summary>Why the server stopped, in its own word: <c>stop</c>, <c>length</c> …; null when it did not say.</summary>
    public string? FinishReason { get; internal init; }

    /// <summary>The text without any reasoning; null unless <see cref="GenerationRequest.KeepText"/> asked for it.</summary>
    public string? Text { get; internal init; }
}
