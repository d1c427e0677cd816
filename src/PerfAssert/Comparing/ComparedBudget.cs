using PerfAssert.Judging;
using PerfAssert.Measurements;

namespace PerfAssert.Comparing;

/// <summary>One budget of one test, two sets of runs.</summary>
internal sealed record ComparedBudget
{
    /// <summary>The budget as its grammar prints it, or a change that is allowed when nobody declared one.</summary>
    public required string Budget { get; init; }

    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Value of the base runs in the metric's base unit; <see langword="null"/>: none.</summary>
    public double? Base { get; init; }

    /// <summary>Value of the head runs.</summary>
    public double? Head { get; init; }

    /// <summary>The change, signed as the metric is; of errors a difference of shares.</summary>
    public double? Change { get; init; }

    /// <summary>Lower end of the change at the confidence of the head's policy.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of it.</summary>
    public double? Upper { get; init; }

    /// <summary>p-value of "worse", adjusted for everything that was asked; <see langword="null"/>: not tested.</summary>
    public double? PValue { get; init; }

    /// <summary>Whether it is proved to be better.</summary>
    public bool Improved { get; init; }

    /// <summary>Whether it is broken or undecided, and a waiver lets that pass for a while.</summary>
    public bool Waived { get; init; }

    /// <summary>What people should know.</summary>
    public string? Note { get; init; }
}
