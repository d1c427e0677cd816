using PerfAssert.Measurements;

namespace PerfAssert.Runs;

/// <summary>A set of payloads that requests were taken from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 over its content: runs with other payloads are other work.</param>
/// <param name="Count">Distinct payloads.</param>
/// <param name="Tokens">Their lengths in tokens; <see langword="null"/>: not counted.</param>
internal sealed record RunPayload(string Name, string Sha256, int Count, TokenSummary? Tokens = null);
