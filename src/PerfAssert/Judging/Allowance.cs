using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>What change a relative budget allows: of errors a difference of shares, else the logarithm of a ratio. Worse is positive, whatever the metric's direction.</summary>
/// <param name="Allowed">How much worse is allowed: the budget's percentage or its absolute floor, the larger one. Below zero: how much better is demanded.</param>
/// <param name="EqualBreaks">Whether exactly as much is too much.</param>
internal sealed record Allowance(double Allowed, bool EqualBreaks)
{
    // What is left of failures is computed, and 100.00000001 are 100.
    private const double Rounding = 1e-9;

    /// <summary>
    /// Whether no failure at all is within it, whatever the noise: nothing is less. Only <c>errors &lt; baseline</c> without a percentage asks for fewer
    /// than the usual ones. Of other metrics it never is.
    /// </summary>
    public bool NoFailureHolds { get; private init; }

    /// <summary>From where on a change is a worsening: from none, or from the improvement that the budget demands.</summary>
    public double Neutral => Math.Min(0, Allowed);

    /// <summary>What a budget allows.</summary>
    /// <param name="budget">A relative budget.</param>
    /// <param name="usual">The value it is held against.</param>
    public static Allowance Of(Budget budget, double usual)
    {
        var share = (double)budget.Limit.Percent / 100;
        var floor = budget.Limit.Floor?.Value ?? 0;
        if (budget.Metric.Family == MetricFamily.Errors)
        {
            // A percentage of no failure is none: as few is all that such a budget can ask for.
            var left = floor > 0 ? Math.Max(usual * share, floor) : usual * share;
            return new Allowance(left, Holds.EqualBreaks(budget) && !(left == 0 && share != 0))
            {
                NoFailureHolds = share != 0 || floor > 0 || !Holds.EqualBreaks(budget),
            };
        }

        var sign = budget.Metric.HigherIsBetter ? -1 : 1;
        var allowed = sign * Math.Log(1 + share);
        if (floor > 0)
        {
            // As a ratio to the usual value: what is smaller never breaks the budget. A rate cannot fall by more than all of it.
            allowed = Math.Max(allowed, sign > 0 ? Math.Log(1 + (floor / usual)) : -Math.Log(Math.Max(double.Epsilon, 1 - (floor / usual))));
        }

        return new Allowance(allowed, Holds.EqualBreaks(budget));
    }

    /// <summary>Whether a change is more than the budget allows.</summary>
    public bool IsBeyond(double change) => EqualBreaks ? change >= Allowed : change > Allowed;

    /// <summary>
    /// p-value of "more requests fail than usual", or than what a demanded improvement leaves of the usual ones: a handful of failures is
    /// chance, however well rounds or runs agree.
    /// </summary>
    public double FailuresPValue(long failed, long requests, long usualFailed, long usualRequests) =>
        FisherExact.PValue(failed, requests, Left(usualFailed, usualRequests), usualRequests);

    /// <summary>
    /// The smallest true change of the share of which <see cref="FailuresPValue"/> is at most the level, and the failures more than what is allowed, with
    /// the given chance each; infinite where there is none.
    /// </summary>
    public double DetectableFailures(long requests, long usualFailed, long usualRequests, double level, double power)
    {
        if (requests == 0 || usualRequests == 0)
        {
            return double.PositiveInfinity;
        }

        var usual = (double)usualFailed / usualRequests;
        var significant = DetectableShare.Of(requests, Left(usualFailed, usualRequests), usualRequests, level, power);
        return Math.Max(significant, DetectableShare.Of(requests, failed => IsBeyond(((double)failed / requests) - usual), power)) - usual;
    }

    private long Left(long usualFailed, long usualRequests) => (long)Math.Ceiling(Math.Max(0, usualFailed + (Neutral * usualRequests)) - Rounding);
}
