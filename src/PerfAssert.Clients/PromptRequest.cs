namespace PerfAssert.Clients;

/// <summary>A text to be continued.</summary>
/// <param name="Prompt">The text.</param>
public sealed record PromptRequest(string Prompt) : GenerationRequest;
