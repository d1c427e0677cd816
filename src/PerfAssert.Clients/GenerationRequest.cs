using System.Text.Json;

namespace PerfAssert.Clients;

/// <summary>
/// What to generate, for any server of token streams. Make one and vary it with <c>with</c>. Comparing latencies of answers of
/// different lengths compares different work: pin the length with <see cref="OutputTokens"/>.
/// </summary>
public abstract record GenerationRequest
{
    private protected GenerationRequest()
    {
    }

    /// <summary>Most output tokens, at least 1. Default: none, the server's own limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>
    /// Exactly so many output tokens, at least 1; wins over <see cref="MaxTokens"/>. The server is told to go on after an end token where
    /// its protocol can say so, and a shorter answer is a failed request. Default: none.
    /// </summary>
    public int? OutputTokens { get; init; }

    /// <summary>Sampling temperature, 0 or more. Default: 0, the likeliest token each time; null leaves it to the server.</summary>
    public double? Temperature { get; init; } = 0;

    /// <summary>Seed of the server's sampling. Default: 1; null leaves it out.</summary>
    public int? Seed { get; init; } = 1;

    /// <summary>Whether the answer comes as a stream, which TTFT, TPOT and ITL need. Default: true.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>Whether the result carries the text. Default: false; keeping it costs memory and time.</summary>
    public bool KeepText { get; init; }

    /// <summary>
    /// More members of the request's body, as a JSON object: <c>{ "cache_prompt": false }</c>. They win over those written by the client;
    /// of an object that the client writes too (<c>options</c>, <c>parameters</c>, <c>stream_options</c>), the members are merged. Default: none.
    /// </summary>
    /// <exception cref="ArgumentException">The text is no JSON object.</exception>
    public string? ExtraJson
    {
        get => Extra?.GetRawText();
        init => Extra = value is null ? null : Http.JsonBody.ParseExtra(value);
    }

    internal JsonElement? Extra { get; private init; }

    /// <summary>The limit that is sent.</summary>
    internal int? TokenLimit => OutputTokens ?? MaxTokens;
}
