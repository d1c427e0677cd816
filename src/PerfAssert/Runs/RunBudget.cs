namespace PerfAssert.Runs;

/// <summary>A budget and where it came from.</summary>
/// <param name="Text">The budget as its grammar prints it.</param>
/// <param name="Source">Where it was declared, for people.</param>
internal sealed record RunBudget(string Text, string Source);
