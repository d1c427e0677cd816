namespace PerfAssert.Runs;

/// <summary>The verdict on one budget.</summary>
/// <param name="Budget">The budget as its grammar prints it.</param>
/// <param name="Source">Where it was declared, for people.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Verdict">What is known.</param>
/// <param name="Passed">What the policy made of it.</param>
/// <param name="Warned">Whether it passed only with a warning.</param>
/// <param name="Unit">What the values are in.</param>
/// <param name="Observed">The observed value; infinity when the percentile lies among timed-out requests; <see langword="null"/>: none.</param>
/// <param name="Lower">Lower end of the interval; <see langword="null"/>: unbounded or unknown.</param>
/// <param name="Upper">Upper end of the interval; <see langword="null"/>: unbounded or unknown.</param>
/// <param name="Limit">An absolute limit; <see langword="null"/>: it is relative.</param>
/// <param name="Count">Sample size.</param>
/// <param name="EffectiveCount">Sample size after autocorrelation.</param>
/// <param name="NeededCount">Requests that would be needed to decide, when they are known.</param>
/// <param name="Note">What people should know; <see langword="null"/>: nothing.</param>
/// <param name="Change">What a relative budget's comparison found; <see langword="null"/>: an absolute budget, or nothing was compared.</param>
internal sealed record RunVerdict(
    string Budget,
    string Source,
    string Metric,
    RunVerdictKind Verdict,
    bool Passed,
    bool Warned,
    RunUnit Unit,
    double? Observed,
    double? Lower,
    double? Upper,
    double? Limit,
    long Count,
    double? EffectiveCount,
    long? NeededCount,
    string? Note,
    RunChange? Change = null);
