using System.Collections.Immutable;
using PerfAssert.Budgets;
using PerfAssert.Measurements;

namespace PerfAssert.Planning;

/// <summary>What makes a request good: it meets every absolute latency budget of its test.</summary>
internal static class Goodput
{
    public static GoodputRule RuleOf(ImmutableArray<PlannedBudget> budgets) => new(
        Tightest(budgets, MetricFamily.Latency),
        Tightest(budgets, MetricFamily.TimeToFirstToken),
        Tightest(budgets, MetricFamily.TimePerOutputToken));

    private static double Tightest(ImmutableArray<PlannedBudget> budgets, MetricFamily family) => budgets
        .Select(planned => planned.Budget)
        .Where(budget => budget.Kind == BudgetKind.Absolute && budget.Metric.Family == family)
        .Select(budget => budget.Limit.Amount!.Value)
        .DefaultIfEmpty(double.PositiveInfinity)
        .Min();
}
