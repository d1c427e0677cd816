namespace PerfAssert.Judging;

/// <summary>The error level of one proof. Looking again at a fixed level is not a test at that level, so the declared looks share it.</summary>
/// <param name="Confidence">The policy's.</param>
/// <param name="Looks">How often the sample may be looked at in all.</param>
internal readonly record struct Level(double Confidence, int Looks)
{
    /// <summary>The error of all looks together.</summary>
    public double Total => 1 - Confidence;

    /// <summary>The error of one look, one-sided.</summary>
    public double PerLook => Total / Looks;

    /// <summary>One side of the two-sided interval that is displayed.</summary>
    public double DisplayTail => Total / 2;
}
