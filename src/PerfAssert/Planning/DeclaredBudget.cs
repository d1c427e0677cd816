namespace PerfAssert.Planning;

/// <summary>A budget as declared.</summary>
/// <param name="Expression">As typed.</param>
/// <param name="Source">For people: <c>[Budget] on class SentimentEndpoint</c>.</param>
/// <param name="Place">Which place of the test that is, counted from the furthest: two may have the same text.</param>
internal sealed record DeclaredBudget(string? Expression, string Source, int Place = 0);
