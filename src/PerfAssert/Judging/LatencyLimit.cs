using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>An absolute latency budget as the generator must respect it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Fraction">The budget's percentile as a fraction; 0.99 for a mean or a maximum.</param>
/// <param name="Nanoseconds">The limit.</param>
internal readonly record struct LatencyLimit(string Name, double Fraction, double Nanoseconds)
{
    /// <summary>The share of a latency limit the generator's own doing may take.</summary>
    public const double Share = 0.05;

    private const double Usual = 0.99;

    /// <summary>Without any latency budget the generator is held to what a p99 of 200 ms would ask of it.</summary>
    private static readonly LatencyLimit Default = new("p99 of 200 ms, assumed as no budget is on latency", Usual, 200e6);

    /// <summary>What the generator may take of it.</summary>
    public double Allowance => Nanoseconds * Share;

    /// <summary>The absolute budgets on durations that begin at the intended start; a default if there is none.</summary>
    public static IReadOnlyList<LatencyLimit> Of(PerfPlan plan)
    {
        LatencyLimit[] limits = [.. plan.Budgets.Select(b => b.Budget).Where(IsFromIntendedStart).Select(From)];
        return limits.Length == 0 ? [Default] : limits;
    }

    private static bool IsFromIntendedStart(Budget budget) =>
        budget.Kind == BudgetKind.Absolute && budget.Metric.Family is MetricFamily.Latency or MetricFamily.TimeToFirstToken;

    private static LatencyLimit From(Budget budget) => new(
        $"{budget.Metric.Name} of {budget.Limit.Amount}",
        budget.Metric.Statistic == Statistic.Percentile ? budget.Metric.Fraction : Usual,
        Holds.Limit(budget));
}
