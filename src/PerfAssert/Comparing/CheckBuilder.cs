using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Statistics;

namespace PerfAssert.Comparing;

/// <summary>
/// The evidence on the budgets of one test: over runs where the base has enough of them, else over the rounds of one run a side, paired in
/// their order. Rounds of two sessions know nothing of how sessions differ, and the result says so.
/// </summary>
internal sealed class CheckBuilder(Side before, Side after)
{
    private const string BySession = "the rounds of one run a side were compared: what differs between two sessions counts as a change; 5 base runs would tell";

    // Today's price on both sides, so that a price change is no regression.
    private double? UsdPerHour => after.Last.Plan.Price?.UsdPerHour;

    /// <summary>The checks that can be made, and for the others why they cannot.</summary>
    public (ImmutableArray<Check> Checks, ImmutableArray<ComparedBudget> Refused) Build(IReadOnlyCollection<Budget> budgets)
    {
        if (Problem() is { } problem)
        {
            return ([], [.. budgets.Select(budget => Refuse(budget, Verdict.NotComparable, problem))]);
        }

        var checks = new List<Check>();
        var refused = new List<ComparedBudget>();
        var overRuns = before.Runs.Length >= Baseline.FewestRuns;
        foreach (var budget in budgets)
        {
            if (Unlike(budget) is { } unlike)
            {
                refused.Add(Refuse(budget, Verdict.NotComparable, unlike));
            }
            else if (before.RunValues(budget.Metric, UsdPerHour) is not { } stored || after.RunValues(budget.Metric, UsdPerHour) is not { } fresh)
            {
                refused.Add(Refuse(budget, Verdict.NotMeasured, $"a run has no value of {budget.Metric.Name}"));
            }
            else if (overRuns)
            {
                checks.Add(OverRuns(budget, stored, fresh));
            }
            else if (OverRounds(budget, stored, fresh) is { } check)
            {
                checks.Add(check);
            }
            else
            {
                refused.Add(Refuse(budget, Verdict.Inconclusive, $"{before.Runs.Length} base runs and {Pairs(budget).Length} pairs of rounds are too few: 5 base runs, or 5 rounds a run, are the least"));
            }
        }

        return ([.. overRuns ? checks : Together(checks)], [.. refused]);
    }

    /// <summary>A budget that cannot be compared, and why.</summary>
    public static ComparedBudget Refuse(Budget budget, Verdict verdict, string note) =>
        new() { Budget = budget.ToString(), Metric = budget.Metric, Verdict = verdict, Note = note };

    private string? Problem()
    {
        var differences = Conditions.Differences(Promotion.RunConditions.Of(before.Last), Promotion.RunConditions.Of(after.Last)).ToList();
        var mixed = new[] { before, after }.SelectMany(side => side.Runs.Select(run => Conditions.Differences(Promotion.RunConditions.Of(run), Promotion.RunConditions.Of(side.Last)))).Any(list => list.Any());
        return differences.Count > 0 ? "the last runs differ: " + string.Join("; ", differences).Replace("in the baseline", "in the base", StringComparison.Ordinal).Replace(" here", " in the head", StringComparison.Ordinal)
            : mixed ? "the runs of one side were made under different conditions: keep runs of one kind in a folder"
            : null;
    }

    private string? Unlike(Budget budget) =>
        after.WorkloadOf("the head").Problem(before.WorkloadOf("the base"), budget, after.Last.Plan.Policy.ToPolicy())
        ?? (budget.Metric.Family == MetricFamily.Goodput ? OtherGoodput() : null);

    /// <summary>Under other limits, unchanged code has another goodput.</summary>
    private string? OtherGoodput()
    {
        var (there, here) = (Limits(before), Limits(after));
        return there.Union(here).Count() == 1 ? null
            : $"good requests met other limits: {string.Join(" or ", there)} in the base, {string.Join(" or ", here)} in the head";

        static ImmutableArray<string> Limits(Side side) => [.. side.Runs.Select(Promotion.RunConditions.GoodputOf).Distinct()];
    }

    private Check OverRuns(Budget budget, double[] stored, double[] fresh)
    {
        var shift = new RunShift([.. stored.Select(value => Scaled(budget, value))], [.. fresh.Select(value => Scaled(budget, value))]);
        var allowance = Allowance.Of(budget, Usual(budget, stored));
        var p = shift.PValue(allowance.Neutral);
        return new Check
        {
            Budget = budget,
            Values = (Usual(budget, stored), Usual(budget, fresh)),
            Allowance = allowance,
            Estimate = shift.Estimate,
            Bounds = Bounds,
            ProvenUpper = level => Bounds(level).Upper,
            PValue = IsShare(budget) ? Math.Max(p, FailuresPValue(allowance)) : p,
            IsAdjustedInTest = false,
            How = $"{fresh.Length} against {stored.Length} runs, which differ by {Say.Percent(IsShare(budget) ? shift.Deviation : Math.Exp(shift.Deviation) - 1)} among themselves",
        };

        Interval Bounds(double tail) => IsShare(budget)
            ? ShareBounds.Of(shift.Bounds(tail), Usual(budget, stored), after.Failed, after.Requests, tail)
            : shift.Bounds(tail);
    }

    private Check? OverRounds(Budget budget, double[] stored, double[] fresh)
    {
        var all = Pairs(budget);
        var size = Math.Min(Math.Max(1, after.Load.Rounds), all.Length);
        if (size < MeasuredRun.EnoughRounds)
        {
            return null;
        }

        // Rounds beyond the planned ones are a block that was measured afterwards: it confirms.
        var first = all[..size];
        var second = all.Length >= 2 * size ? all[size..(2 * size)] : [];
        var allowance = Allowance.Of(budget, Usual(budget, stored));
        var shift = new PairedShift(first);
        var series = new RoundSeries(first);
        return new Check
        {
            Budget = budget,
            Values = (Usual(budget, stored), Usual(budget, fresh)),
            Allowance = allowance,
            Estimate = shift.Estimate,
            Bounds = shift.Bounds,
            ProvenUpper = series.ProvenUpper,
            PValue = P(first),
            IsAdjustedInTest = true,
            Second = second.Length > 0 ? (P(second), new PairedShift(second).Estimate) : null,
            LeastPValue = Math.Pow(0.5, Math.Min(size, SignFlips.ExactUpTo)),
            How = $"{size} pairs of rounds{(series.Drifts ? ", whose difference drifts" : "")}; {BySession}",
        };

        double P(double[] differences)
        {
            var p = SignFlips.PValue([.. differences.Select(difference => difference - allowance.Neutral)]);
            return IsShare(budget) ? Math.Max(p, FailuresPValue(allowance)) : p;
        }
    }

    /// <summary>Budgets over the same rounds pay for each other only as far as they say different things (max-T).</summary>
    private IEnumerable<Check> Together(List<Check> checks)
    {
        if (checks.Count < 2)
        {
            return checks;
        }

        var size = Math.Min(checks.Min(check => Pairs(check.Budget).Length), Math.Max(1, after.Load.Rounds));
        var adjusted = SignFlips.MaxT([.. checks.Select(check => Pairs(check.Budget)[..size].Select(difference => difference - check.Allowance.Neutral).ToArray())]);
        return checks.Select((check, i) => check.Second is null ? check with { PValue = Math.Max(check.PValue, adjusted[i]) } : check);
    }

    /// <summary>Of the last run a side, in the order of rounds; empty where a round has no value.</summary>
    private double[] Pairs(Budget budget)
    {
        var (own, other) = (Values(after), Values(before));
        return own.Zip(other).Any(pair => pair.First is null || pair.Second is null)
            ? []
            : [.. own.Zip(other, (head, @base) => Scaled(budget, head!.Value) - Scaled(budget, @base!.Value))];

        List<double?> Values(Side side) => [.. side.Rounds[^1].Select(round => RoundValue.Of(budget.Metric, round, side.Load, UsdPerHour))];
    }

    private double FailuresPValue(Allowance allowance) => allowance.FailuresPValue(after.Failed, after.Requests, before.Failed, before.Requests);

    private static bool IsShare(Budget budget) => budget.Metric.Family == MetricFamily.Errors;

    private static double Scaled(Budget budget, double value) =>
        IsShare(budget) ? value : (budget.Metric.HigherIsBetter ? -1 : 1) * Math.Log(value);

    private static double Usual(Budget budget, double[] values) => IsShare(budget) ? values.Average() : Math.Exp(values.Average(Math.Log));
}
