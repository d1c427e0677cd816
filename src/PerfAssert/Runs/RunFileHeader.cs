namespace PerfAssert.Runs;

/// <summary>The head of a run file: what every schema has, and of which run it is.</summary>
/// <param name="Schema">Which schema it has.</param>
/// <param name="LibraryVersion">The library that wrote it.</param>
/// <param name="TestName">The test; <see langword="null"/>: another schema.</param>
/// <param name="StartedAt">When it was made; two runs of one test never start at once.</param>
/// <param name="Plan">Of the plan, where it was made.</param>
internal sealed record RunFileHeader(
    string? Schema = null, string? LibraryVersion = null, string? TestName = null, DateTimeOffset StartedAt = default, RunFileHeader.PlanHeader? Plan = null)
{
    /// <summary>The part of a plan that a folder is sorted by.</summary>
    internal sealed record PlanHeader(string? Environment = null);
}
