namespace PerfAssert.Judging;

/// <summary>
/// What proves that a change is within what is allowed. An upper bound within it is not enough: where the noise is larger than what is allowed, it takes
/// an estimate far on the good side to get there, and that is luck more often than improvement.
/// </summary>
internal static class Proof
{
    /// <summary>For people: why a bound within what is allowed proves nothing.</summary>
    public const string TooNoisy = "what is seen is better, but the noise is larger than what is allowed, so that it may be luck";

    /// <summary>Whether the noise is no larger than what is allowed, or the bound excludes any worsening.</summary>
    /// <param name="estimate">The change; worse is positive.</param>
    /// <param name="upper">Its upper bound.</param>
    /// <param name="allowed">How much worse is allowed; below zero: how much better is demanded.</param>
    public static bool IsPrecise(double estimate, double upper, double allowed) => upper - estimate <= allowed || upper <= Neutral(allowed);

    /// <summary>The largest noise that leaves room for a proof at this estimate.</summary>
    /// <param name="estimate">The change.</param>
    /// <param name="allowed">How much worse is allowed.</param>
    public static double Room(double estimate, double allowed) =>
        Math.Max(allowed - Math.Max(estimate, Neutral(allowed)), Neutral(allowed) - estimate);

    private static double Neutral(double allowed) => Math.Min(0, allowed);
}
