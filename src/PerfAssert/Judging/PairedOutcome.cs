using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>What is decided about one budget against the reference, on the scale of its <see cref="PairedEvidence"/>.</summary>
/// <param name="Verdict">Met, Broken, Inconclusive or NotComparable.</param>
/// <param name="Estimate">Hodges–Lehmann, over all pairs.</param>
/// <param name="Bounds">Each end fails with the level at which Met is claimed.</param>
/// <param name="PValue">Of the first block.</param>
/// <param name="Rounds">Pairs that were used.</param>
internal sealed record PairedOutcome(Verdict Verdict, double Estimate, Interval Bounds, double PValue, int Rounds)
{
    /// <summary>Of each end of <see cref="Bounds"/>.</summary>
    public required double Confidence { get; init; }

    /// <summary>Of the second block; <see langword="null"/>: there was none.</summary>
    public double? ConfirmationPValue { get; init; }

    /// <summary>Whether the candidate is better than the reference by more than a budget of this size tolerates.</summary>
    public bool Improved { get; init; }

    /// <summary>Whether the planned second block is needed to decide.</summary>
    public bool AwaitsConfirmation { get; init; }

    /// <summary>The smallest true change that this plan calls broken in 80 of 100 runs.</summary>
    public double Detectable { get; init; }

    /// <summary>Pairs in a block that would decide if the estimate stands; <see langword="null"/>: decided, or no number would.</summary>
    public int? NeededRounds { get; init; }

    /// <summary>Why it is not decided, as a sentence without a full stop.</summary>
    public string? Note { get; init; }
}
