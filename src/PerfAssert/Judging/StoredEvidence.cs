using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>
/// What the stored runs say about one budget. Changes are logarithms of a ratio, of errors differences of a share; worse is positive
/// whatever the metric's direction.
/// </summary>
internal sealed class StoredEvidence
{
    private readonly Budget budget;
    private readonly ImmutableArray<(BaselineRun Run, double Value)> stored;
    private readonly double[] scaled;
    private readonly double usual;

    private StoredEvidence(Budget budget, ImmutableArray<(BaselineRun Run, double Value)> stored)
    {
        (this.budget, this.stored) = (budget, stored);
        scaled = [.. stored.Select(known => Scaled(known.Value))];
        usual = IsShare ? stored.Average(known => known.Value) : Math.Exp(stored.Average(known => Math.Log(known.Value)));
        Allowance = Allowance.Of(budget, usual);
    }

    /// <summary>What change is allowed.</summary>
    public Allowance Allowance { get; }

    /// <summary>Stored runs.</summary>
    public int Runs => stored.Length;

    private bool IsShare => budget.Metric.Family == MetricFamily.Errors;

    private int Sign => budget.Metric.HigherIsBetter ? -1 : 1;

    public static StoredEvidence Of(Budget budget, ImmutableArray<(BaselineRun Run, double Value)> stored) => new(budget, stored);

    /// <summary>Whether nothing failed, and the budget asks for no less.</summary>
    public bool IsExactly(double value) => value == 0 && Allowance.NoFailureHolds;

    /// <summary>Holds one value against the stored ones, with the p-value of "worse". For errors the failed requests must say so as well.</summary>
    public (RunShift Shift, double PValue) Compare(double value, IReadOnlyCollection<Round> rounds)
    {
        var shift = new RunShift(scaled, [Scaled(value)]);
        var p = shift.PValue(Allowance.Neutral);
        return (shift, IsShare ? Math.Max(p, FailuresPValue(rounds, runs: 1)) : p);
    }

    /// <summary>Bounds of the change that so many runs like this one would give.</summary>
    public Interval Bounds(RunShift shift, IReadOnlyCollection<Round> rounds, double tail, int runs = 1)
    {
        var overRuns = shift.Bounds(tail, runs);
        return IsShare ? ShareBounds.Of(overRuns, usual, runs * rounds.Sum(round => round.Failed), runs * rounds.Sum(round => round.Requests), tail) : overRuns;
    }

    /// <summary>Whether so many runs like this one would show a worsening.</summary>
    public bool IsSeen(RunShift shift, IReadOnlyCollection<Round> rounds, double level, int runs) =>
        shift.Bounds(level, runs).Lower >= Allowance.Neutral && (!IsShare || FailuresPValue(rounds, runs) <= level);

    /// <summary>
    /// The smallest true change that is called broken with the given chance: one that runs show, and whose estimate is then beyond what is allowed.
    /// A second block is of the same run, and says the same; but of failures it has others, which must show it again.
    /// </summary>
    /// <param name="shift">The comparison.</param>
    /// <param name="rounds">The first block.</param>
    /// <param name="confirms">Whether there is a second one.</param>
    /// <param name="level">The level at which a change is suspected.</param>
    /// <param name="power">The chance.</param>
    public double Detectable(RunShift shift, IReadOnlyCollection<Round> rounds, bool confirms, double level, double power)
    {
        var overRuns = Math.Max(Allowance.Neutral + shift.Detectable(level, power), Allowance.Allowed + (Normal.InvCDF(0, 1, power) * shift.Error));
        return IsShare
            ? Math.Max(overRuns, Allowance.DetectableFailures(
                rounds.Sum(round => round.Requests), StoredFailed, StoredRequests, level, confirms ? Math.Sqrt(power) : power))
            : overRuns;
    }

    public Change ToChange(RunShift shift, Interval bounds, double p, double? again, bool improved, double detectable, double confidence, double value)
    {
        var (one, other) = (Bound(bounds.Lower), Bound(bounds.Upper));
        return new Change
        {
            Estimate = Signed(shift.Estimate),
            Lower = Sign > 0 ? one : other,
            Upper = Sign > 0 ? other : one,
            Confidence = confidence,
            Allowed = Signed(Allowance.Allowed),
            IsDifference = IsShare,
            PValue = p,
            ConfirmationPValue = again,
            Rounds = Runs,
            Detectable = Bound(detectable),
            Improved = improved,
            Against = usual,
            Candidate = [value],
            Reference = [.. stored.Select(known => known.Value)],
        };

        double? Bound(double worse) => double.IsFinite(worse) ? Signed(worse) : null;
    }

    /// <summary>A change as people read it: <c>+10 %</c>, <c>-3 %</c>, of errors <c>+1 points</c>.</summary>
    public string Say(double worse)
    {
        var signed = Signed(worse) * 100;
        var sign = signed < 0 ? "" : "+";
        return double.IsFinite(signed) ? $"{sign}{Judging.Say.Figure(signed)} {(IsShare ? "points" : "%")}" : "any change";
    }

    private double Signed(double worse) => IsShare ? worse : Math.Exp(Sign * worse) - 1;

    private double Scaled(double value) => IsShare ? value : Sign * Math.Log(value);

    private long StoredFailed => stored.Sum(known => known.Run.Failed);

    private long StoredRequests => stored.Sum(known => known.Run.Requests);

    private double FailuresPValue(IReadOnlyCollection<Round> rounds, int runs) => Allowance.FailuresPValue(
        runs * rounds.Sum(round => round.Failed), runs * rounds.Sum(round => round.Requests), StoredFailed, StoredRequests);
}
