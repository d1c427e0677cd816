using PerfAssert.Budgets;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>A value with bounds for any error level.</summary>
/// <param name="Observed">The value.</param>
/// <param name="Count">The requests behind it.</param>
/// <param name="Bounds">Bounds that each fail with at most the given probability; <see langword="null"/>: the sample gives none.</param>
internal sealed record Estimate(double Observed, long Count, Func<double, Interval?> Bounds)
{
    public double? EffectiveCount { get; init; }

    /// <summary>The rounds without which there are no bounds.</summary>
    public int? NeededRounds { get; init; }

    /// <summary>
    /// Met or Broken when the bound on that side is beyond the limit. The observed value must be on the same side: a
    /// series that does not vary at all has bounds without width.
    /// </summary>
    public Finding Hold(Budget budget, Level level, string withoutBounds)
    {
        var holds = Holds.At(budget, Observed);
        var shown = Bounds(level.DisplayTail);
        var verdict = Bounds(level.PerLook) is { } proof ? Decide(budget, proof, holds) : Verdict.Inconclusive;
        return new Finding(verdict, Count)
        {
            Observed = Observed,
            ObservedHolds = holds,
            Lower = Finite(shown?.Lower),
            Upper = Finite(shown?.Upper),
            EffectiveCount = EffectiveCount,
            NeededRounds = shown is null ? NeededRounds : null,
            Note = verdict != Verdict.Inconclusive ? null
                : shown is null ? withoutBounds
                : "the limit lies inside of the interval, or too near to it",
        };
    }

    /// <summary>The same for a decreasing function of the value, such as the cost at a rate.</summary>
    public Estimate Through(Func<double, double> decreasing) => this with
    {
        Observed = decreasing(Observed),
        Bounds = tail => Bounds(tail) is { } b ? new Interval(decreasing(b.Upper), decreasing(b.Lower)) : null,
    };

    private static Verdict Decide(Budget budget, Interval bounds, bool holds)
    {
        var (lower, upper) = (Holds.At(budget, bounds.Lower), Holds.At(budget, bounds.Upper));
        return lower && upper && holds ? Verdict.Met
            : !lower && !upper && !holds ? Verdict.Broken
            : Verdict.Inconclusive;
    }

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
