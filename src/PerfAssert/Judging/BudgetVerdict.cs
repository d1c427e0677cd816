using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>The verdict on one budget. Values are in the base unit of the metric's quantity.</summary>
internal sealed record BudgetVerdict
{
    /// <summary>The budget and where it came from.</summary>
    public required PlannedBudget Budget { get; init; }

    /// <summary>What is known.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the policy makes of it.</summary>
    public required bool Passed { get; init; }

    /// <summary>Whether it passes only with a warning.</summary>
    public required bool Warned { get; init; }

    /// <summary>The observed value; positive infinity when the percentile lies among timeouts; <see langword="null"/>: none.</summary>
    public double? Observed { get; init; }

    /// <summary>Lower end of the two-sided interval at the policy's confidence; <see langword="null"/>: unbounded or unknown.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of the interval; <see langword="null"/>: unbounded or unknown.</summary>
    public double? Upper { get; init; }

    /// <summary>Sample size: latency samples for a latency metric, requests for errors and rates.</summary>
    public required long Count { get; init; }

    /// <summary>Sample size after autocorrelation.</summary>
    public double? EffectiveCount { get; init; }

    /// <summary>Requests that would be needed to decide, when they are known.</summary>
    public long? NeededCount { get; init; }

    /// <summary>What people should know, as a sentence without a full stop; <see langword="null"/>: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>What a relative budget's comparison found; <see langword="null"/>: an absolute budget, or nothing was compared.</summary>
    public Change? Change { get; init; }

    /// <summary>Whether the planned second block is needed to decide.</summary>
    public bool AwaitsConfirmation { get; init; }
}
