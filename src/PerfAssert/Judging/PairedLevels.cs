namespace PerfAssert.Judging;

/// <summary>The error levels of a comparison with a reference. All are one-sided and declared before the run.</summary>
/// <param name="Suspect">Of the first block: at or below it a slow-down is suspected.</param>
/// <param name="Confirm">Of the second, fresh block: at or below it the suspicion is confirmed. Both together: at most 0.1 % of unchanged code.</param>
/// <param name="Alone">Of a plan that has no time for a second block, over all budgets of the test together (max-T).</param>
/// <param name="Pass">Of "no worse than allowed" and "better" after one block.</param>
/// <param name="PassAgain">The same when there may be a second look: Pocock's constant for two looks at 0.05, half of other levels.</param>
internal sealed record PairedLevels(double Suspect, double Confirm, double Alone, double Pass, double PassAgain)
{
    private const double Usual = 0.05;

    // Two looks at two-sided 0.05 (Pocock 1977); for one-sided 0.05 the exact constant is 0.0304.
    private const double Pocock = 0.0294;

    /// <summary>What is red does not depend on the confidence; what is proved does.</summary>
    public static PairedLevels Of(double confidence)
    {
        var pass = 1 - confidence;
        return new PairedLevels(0.02, 0.05, 0.01, pass, Math.Abs(pass - Usual) < 1e-9 ? Pocock : pass / 2);
    }
}
