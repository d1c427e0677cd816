using System.Collections.Immutable;

namespace PerfAssert.Judging;

/// <summary>
/// What a relative budget's comparison found. Changes are signed as the metric is: 0.1 is 10 % more, which is worse for a latency and better
/// for a rate. For shares they are differences: 0.01 is one percentage point more.
/// </summary>
internal sealed record Change
{
    /// <summary>The estimated change.</summary>
    public required double Estimate { get; init; }

    /// <summary>Lower end; <see langword="null"/>: unbounded.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end; <see langword="null"/>: unbounded.</summary>
    public double? Upper { get; init; }

    /// <summary>Of each end: the change lies beyond it with at most the error 1 − this.</summary>
    public required double Confidence { get; init; }

    /// <summary>The change from which on the budget does not hold, its absolute floor included.</summary>
    public required double Allowed { get; init; }

    /// <summary>Whether changes are differences of shares, not ratios.</summary>
    public bool IsDifference { get; init; }

    /// <summary>One-sided p-value of "worse"; <see langword="null"/>: not tested.</summary>
    public double? PValue { get; init; }

    /// <summary>The p-value of the second block; <see langword="null"/>: there was none.</summary>
    public double? ConfirmationPValue { get; init; }

    /// <summary>Pairs of rounds, or stored runs, behind it.</summary>
    public required int Rounds { get; init; }

    /// <summary>The smallest true change that would be called broken in 80 of 100 runs; <see langword="null"/>: not known.</summary>
    public double? Detectable { get; init; }

    /// <summary>Rounds that would decide if the estimate stands; <see langword="null"/>: decided, or no number is known.</summary>
    public int? NeededRounds { get; init; }

    /// <summary>Whether it is proved to be better.</summary>
    public bool Improved { get; init; }

    /// <summary>The value it is compared with: of the reference over all rounds, or of the stored runs.</summary>
    public double? Against { get; init; }

    /// <summary>The candidate's value of each round, in the metric's base unit.</summary>
    public ImmutableArray<double> Candidate { get; init; } = [];

    /// <summary>The reference's value of each round, or that of each stored run.</summary>
    public ImmutableArray<double> Reference { get; init; } = [];
}
