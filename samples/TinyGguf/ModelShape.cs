namespace TinyGguf;

/// <summary>How large a llama model is. Its size decides how long a token takes: that is what it is for.</summary>
public sealed record ModelShape
{
    /// <summary>3.6 million parameters, 7.2 MB.</summary>
    public static ModelShape Tiny { get; } = new();

    /// <summary>Length of a token's vector: a multiple of <see cref="Heads"/>, of a multiple of 2. Default: 256.</summary>
    public int Embedding { get; init; } = 256;

    /// <summary>Number of layers, at least 1. Default: 4.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Attention heads of a layer, at least 1. Default: 8.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>Heads of keys and values, a divisor of <see cref="Heads"/>. Default: 8.</summary>
    public int KeyValueHeads { get; init; } = 8;

    /// <summary>Width of the feed-forward part, at least 1. Default: 704.</summary>
    public int FeedForward { get; init; } = 704;

    /// <summary>Longest text in tokens, at least 1. Default: 4096.</summary>
    public int Context { get; init; } = 4096;

    /// <summary>What is wrong with the shape; null: nothing.</summary>
    public string? Problem =>
        new (string Name, int Value)[]
        {
            (nameof(Embedding), Embedding), (nameof(Layers), Layers), (nameof(Heads), Heads),
            (nameof(KeyValueHeads), KeyValueHeads), (nameof(FeedForward), FeedForward), (nameof(Context), Context),
        }.FirstOrDefault(size => size.Value < 1) is { Name: { } name } tooSmall ? $"{name} must be at least 1, is {tooSmall.Value}"
        : Embedding % (2 * Heads) != 0 ? $"{nameof(Embedding)} must be a multiple of 2 × {nameof(Heads)} = {2 * Heads}, is {Embedding}"
        : Heads % KeyValueHeads != 0 ? $"{nameof(KeyValueHeads)} must divide {nameof(Heads)} = {Heads}, is {KeyValueHeads}"
        : null;
}
