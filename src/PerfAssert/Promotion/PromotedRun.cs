using PerfAssert.Runs;

namespace PerfAssert.Promotion;

/// <summary>What promotion made of one run file.</summary>
/// <param name="File">Name of the run file.</param>
/// <param name="Run">The run, without its rounds.</param>
/// <param name="Added">Whether it is in the baseline now and was not before.</param>
/// <param name="Refused">Why it was not taken; <see langword="null"/>: it was, or is there already.</param>
internal sealed record PromotedRun(string File, RunFile Run, bool Added, string? Refused);
