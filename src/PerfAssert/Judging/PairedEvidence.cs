namespace PerfAssert.Judging;

/// <summary>What the rounds say about one budget against the reference. Worse is positive, whatever the metric's direction.</summary>
/// <param name="Differences">One a pair: the logarithm of candidate / reference, or the difference of two shares.</param>
/// <param name="Allowance">What change is allowed, on the same scale.</param>
internal sealed record PairedEvidence(IReadOnlyList<double> Differences, Allowance Allowance)
{
    /// <summary>A further p-value of some pairs, by their first one and their number, that must be small as well; <see langword="null"/>: none.</summary>
    public Func<int, int, double>? AlsoPValue { get; init; }

    /// <summary>The smallest change that <see cref="AlsoPValue"/> shows by so many pairs, at a level and with a chance; <see langword="null"/>: there is none.</summary>
    public Func<int, double, double, double>? AlsoDetectable { get; init; }

    /// <summary>Whether no request of the candidate failed and failures are what is compared.</summary>
    public bool NothingFailed { get; init; }
}
