namespace PerfAssert.Planning;

/// <summary>A budget as declared.</summary>
/// <param name="Expression">As typed.</param>
/// <param name="Source">For people: <c>[Budget] on class SentimentEndpoint</c>.</param>
internal sealed record DeclaredBudget(string? Expression, string Source);
