namespace PerfAssert.Judging;

/// <summary>The error levels of a comparison with stored runs. All are one-sided and declared before the run.</summary>
/// <param name="Suspect">
/// Of the planned rounds: at or below it a regression is suspected. Rounds of one session share what is special about it, so that a second
/// block of them is no new run: this level alone bounds the share of unchanged code that is called broken.
/// </param>
/// <param name="Confirm">Of the second, fresh block of rounds: at or below it the suspicion is confirmed.</param>
/// <param name="Pass">Of "no worse than allowed" and "better".</param>
internal sealed record StoredLevels(double Suspect, double Confirm, double Pass)
{
    /// <summary>What is red does not depend on the confidence; what is proved does.</summary>
    public static StoredLevels Of(double confidence) => new(0.01, 0.05, 1 - confidence);
}
