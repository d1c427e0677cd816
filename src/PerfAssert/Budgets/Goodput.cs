using System.Globalization;
using PerfAssert.Measurements;

namespace PerfAssert.Budgets;

/// <summary>What makes a request good: it meets every absolute latency budget of its test.</summary>
internal static class Goodput
{
    private const decimal Millisecond = 1e6m;

    public static GoodputRule RuleOf(IReadOnlyCollection<Budget> budgets) => new(
        Tightest(budgets, MetricFamily.Latency),
        Tightest(budgets, MetricFamily.TimeToFirstToken),
        Tightest(budgets, MetricFamily.TimePerOutputToken));

    /// <summary>The limits as text, the same for the same limits: <c>latency 150 ms, ttft 50 ms</c>.</summary>
    public static string TextOf(GoodputRule rule)
    {
        var limits = new (string Of, double Nanoseconds)[] { ("latency", rule.Latency), ("ttft", rule.TimeToFirstToken), ("tpot", rule.TimePerOutputToken) }
            .Where(limit => double.IsFinite(limit.Nanoseconds))
            .Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Of} {(decimal)limit.Nanoseconds / Millisecond:0.#########} ms"))
            .ToList();
        return limits.Count == 0 ? "none" : string.Join(", ", limits);
    }

    private static double Tightest(IReadOnlyCollection<Budget> budgets, MetricFamily family) => budgets
        .Where(budget => budget.Kind == BudgetKind.Absolute && budget.Metric.Family == family)
        .Select(budget => budget.Limit.Amount!.Value)
        .DefaultIfEmpty(double.PositiveInfinity)
        .Min();
}
