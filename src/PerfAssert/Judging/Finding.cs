namespace PerfAssert.Judging;

/// <summary>What the sample says about a budget, before any policy. Members are those of <see cref="BudgetVerdict"/>.</summary>
internal sealed record Finding(Verdict Verdict, long Count)
{
    public double? Observed { get; init; }

    /// <summary>Whether the observed value alone, proved or not, is on the right side of the limit.</summary>
    public bool ObservedHolds { get; init; }

    public double? Lower { get; init; }

    public double? Upper { get; init; }

    public double? EffectiveCount { get; init; }

    public long? NeededCount { get; init; }

    /// <summary>Rounds needed before there is any interval at all; <see langword="null"/>: the rounds are not what is missing.</summary>
    public int? NeededRounds { get; init; }

    public string? Note { get; init; }

    /// <summary>What a relative budget's comparison found.</summary>
    public Change? Change { get; init; }

    /// <summary>Whether the planned second block is needed to decide.</summary>
    public bool AwaitsConfirmation { get; init; }

    public static Finding NotMeasured(string note, long count = 0) => new(Verdict.NotMeasured, count) { Note = note };
}
