namespace PerfAssert.Docs.Tests.Documents;

/// <summary>A fenced block.</summary>
/// <param name="Language">The word after the fence; empty: none.</param>
/// <param name="Content">What is between the fences; its line is the first one after the fence.</param>
internal sealed record CodeBlock(string Language, Passage Content);
