namespace PerfAssert.Judging;

/// <summary>What the rounds say about one budget against the reference. Worse is positive, whatever the metric's direction.</summary>
/// <param name="Differences">One a pair: the logarithm of candidate / reference, or the difference of two shares.</param>
/// <param name="Allowed">How much worse is allowed, on the same scale: the budget's percentage or its absolute floor, the larger one.</param>
/// <param name="EqualBreaks">Whether exactly as much is too much.</param>
internal sealed record PairedEvidence(IReadOnlyList<double> Differences, double Allowed, bool EqualBreaks)
{
    /// <summary>A further p-value of some pairs, by their first one and their number, that must be small as well; <see langword="null"/>: none.</summary>
    public Func<int, int, double>? AlsoPValue { get; init; }

    /// <summary>Whether a change is more than the budget allows.</summary>
    public bool IsBeyond(double change) => EqualBreaks ? change >= Allowed : change > Allowed;

    /// <summary>From where on a change is a worsening: from none, or from the improvement that the budget demands.</summary>
    public double Neutral => Math.Min(0, Allowed);
}
