namespace StreamingClients;

/// <summary>A stream to be read.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Chunks">Content chunks in it.</param>
/// <param name="Way">How the server sends them: see <see cref="StreamServer"/>.</param>
internal sealed record StreamKind(string Name, int Chunks, string Way)
{
    /// <summary>As fast as the server can: many chunks arrive with one read.</summary>
    public static StreamKind Fast { get; } = new("as fast as it can", 400_000, "fast");

    /// <summary>As fast, but with another id in every chunk, so that each has to be parsed.</summary>
    public static StreamKind Varied { get; } = new("as fast, every chunk with another id", 400_000, "vary");

    /// <summary>As real servers send: every chunk wakes the reader.</summary>
    public static StreamKind OneByOne { get; } = new("one chunk at a time", 20_000, "pause");

    public string Body => $$"""{"model":"m","messages":[{"role":"user","content":"go"}],"max_tokens":{{Chunks}},"way":"{{Way}}","stream":true}""";
}
