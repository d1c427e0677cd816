namespace PerfAssert.Judging;

/// <summary>The error levels of a comparison with a reference. All are one-sided and declared before the run.</summary>
/// <param name="Suspect">Of the first block: at or below it a slow-down is suspected.</param>
/// <param name="Confirm">
/// Of the second, fresh block, over all budgets of the test together (max-T): at or below it the suspicion is confirmed. Both levels together
/// leave less than 0.05 % of unchanged code red for each budget, whatever is allowed.
/// </param>
/// <param name="Alone">Of a plan that has no time for a second block, over all budgets of the test together (max-T).</param>
/// <param name="Pass">Of "no worse than allowed" and "better", all looks together.</param>
internal sealed record PairedLevels(double Suspect, double Confirm, double Alone, double Pass)
{
    /// <summary>What is red does not depend on the confidence; what is proved does.</summary>
    public static PairedLevels Of(double confidence) => new(0.05, 0.01, 0.01, 1 - confidence);

    /// <summary>
    /// The share of <see cref="Pass"/> that a look has: together all of it (Bonferroni). The first ones have little, because few rounds whose
    /// noise is small by chance would prove too much.
    /// </summary>
    /// <param name="look">From 1: after one, two or three times the planned rounds.</param>
    public double PassAt(int look) => Pass * look switch { 1 => 0.1, 2 => 0.3, _ => 0.6 };
}
