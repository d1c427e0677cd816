using System.Collections.Immutable;

namespace PerfAssert.Runs;

/// <summary>
/// What a relative budget's comparison found. Changes are signed as the metric is: 0.1 is 10 % more. For shares they are differences: 0.01
/// is one percentage point more.
/// </summary>
/// <param name="Estimate">The estimated change.</param>
/// <param name="Lower">The change is smaller with at most the error 1 − <paramref name="Confidence"/>; <see langword="null"/>: unbounded.</param>
/// <param name="Upper">The change is larger with at most the error 1 − <paramref name="Confidence"/>; <see langword="null"/>: unbounded.</param>
/// <param name="Allowed">The change from which on the budget does not hold, its absolute floor included.</param>
/// <param name="IsDifference">Whether changes are differences of shares, not ratios.</param>
/// <param name="PValue">One-sided, of "worse"; <see langword="null"/>: not tested.</param>
/// <param name="ConfirmationPValue">Of the second block; <see langword="null"/>: there was none.</param>
/// <param name="Rounds">Pairs of rounds, or stored runs, behind it.</param>
/// <param name="Detectable">The smallest true change that would be called broken in 80 of 100 runs; <see langword="null"/>: not known.</param>
/// <param name="NeededRounds">Rounds that would decide if the estimate stands; <see langword="null"/>: decided, or no number is known.</param>
/// <param name="Improved">Whether it is proved to be better.</param>
/// <param name="Against">The value it is compared with; <see langword="null"/>: none.</param>
/// <param name="Candidate">The candidate's value of each round, in the verdict's unit.</param>
/// <param name="Reference">The reference's value of each round, or that of each stored run.</param>
/// <param name="Confidence">Of each end; <see langword="null"/>: a file older than this key.</param>
internal sealed record RunChange(
    double Estimate,
    double? Lower,
    double? Upper,
    double Allowed,
    bool IsDifference,
    double? PValue,
    double? ConfirmationPValue,
    int Rounds,
    double? Detectable,
    int? NeededRounds,
    bool Improved,
    double? Against,
    ImmutableArray<double> Candidate,
    ImmutableArray<double> Reference,
    double? Confidence = null);
