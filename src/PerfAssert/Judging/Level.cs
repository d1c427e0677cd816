namespace PerfAssert.Judging;

/// <summary>
/// The error level of one proof. Looking again at a fixed level is not a test at that level, so all looks that a plan declares share
/// the error 1 − confidence (Bonferroni: holds for any looks at any sample).
/// </summary>
/// <param name="Confidence">The policy's.</param>
/// <param name="PerLook">The error of this look, one-sided.</param>
/// <param name="Looks">The looks at whole loads that share the error; 1: this one has it alone.</param>
internal readonly record struct Level(double Confidence, double PerLook, int Looks)
{
    /// <summary>The part of the error that looks inside of a load share.</summary>
    private const double InterimShare = 0.1;

    /// <summary>The error of all looks together.</summary>
    public double Total => 1 - Confidence;

    /// <summary>One side of the two-sided interval that is displayed.</summary>
    public double DisplayTail => Total / 2;

    /// <summary>Of a look after the whole load: an equal share of what the interim looks leave.</summary>
    /// <param name="confidence">The policy's.</param>
    /// <param name="looks">How often the whole load may be measured and looked at; 1: no other look is declared.</param>
    public static Level Whole(double confidence, int looks) =>
        new(confidence, looks == 1 ? 1 - confidence : (1 - InterimShare) * (1 - confidence) / looks, looks);

    /// <summary>Of a look inside of a load: half of the error of the one before, so that any number of them stays within their share.</summary>
    /// <param name="confidence">The policy's.</param>
    /// <param name="number">The look's number, from 1.</param>
    /// <param name="looks">As in <see cref="Whole"/>.</param>
    public static Level Interim(double confidence, int number, int looks) =>
        new(confidence, InterimShare * (1 - confidence) * Math.Pow(0.5, number), looks);
}
