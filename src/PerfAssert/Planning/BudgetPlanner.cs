using System.Collections.Immutable;
using PerfAssert.Budgets;
using PerfAssert.Expressions;
using PerfAssert.Measurements;
using PerfAssert.Planning.Files;
using PerfAssert.Planning.Json;

namespace PerfAssert.Planning;

/// <summary>Puts the budgets of one test together: one a metric and kind, the nearest, and those of the file over those of attributes.</summary>
internal sealed class BudgetPlanner(TestDeclaration test, ICollection<string> notes)
{
    private const string DefaultSource = "default";

    private readonly List<PlannedBudget> budgets = [];

    public ImmutableArray<PlannedBudget> Plan(BudgetsFile? file, IEnumerable<TestSection> sections)
    {
        foreach (var declared in test.Budgets)
        {
            Declare(declared);
        }

        foreach (var budget in (file?.Regression ?? []).Concat(sections.SelectMany(section => section.Budgets)))
        {
            Override(budget);
        }

        if (budgets.Count == 0)
        {
            throw new PerfPlanException(
                $"{test} has no budget, and absence is never green. Expected [Budget(\"p99 < 200 ms\")] on the method, its class or its assembly, " +
                $"or \"budgets\" of a matching entry in {BudgetsFile.FileName}.");
        }

        AddImpliedErrors();
        return [.. budgets];
    }

    private void Declare(DeclaredBudget declared)
    {
        var planned = new PlannedBudget(Parse(declared), declared.Source) { Place = declared.Place };
        var known = IndexOf(planned.Budget);
        if (known >= 0 && budgets[known].Place == planned.Place)
        {
            throw new PerfPlanException(
                $"{test}: {planned.Source} declares both '{budgets[known].Budget}' and '{planned.Budget}', expected one of them.");
        }

        Set(known, planned);
    }

    private void Override(Located<Budget> located)
    {
        var planned = new PlannedBudget(located.Value, located.Place.ToString());
        var known = IndexOf(planned.Budget);
        var replaced = known >= 0 ? $", instead of {budgets[known].Budget} ({budgets[known].Source})" : "";
        notes.Add($"budget {planned.Budget}: {planned.Source}{replaced}");
        Set(known, planned);
    }

    /// <summary>A relative errors budget does not lift the limit of 0: without a baseline it would allow any share of failures.</summary>
    private void AddImpliedErrors()
    {
        if (budgets.Exists(planned => planned.Budget is { Metric.Family: MetricFamily.Errors, Kind: BudgetKind.Absolute }))
        {
            return;
        }

        var none = new Limit(BudgetKind.Absolute, new Amount(0, "%"), 0, null);
        var implied = new Budget(MetricCatalog.Totals["errors"], Comparison.LessOrEqual, none);
        notes.Add($"budget {implied}: {DefaultSource}, as no absolute errors budget is declared");
        budgets.Add(new PlannedBudget(implied, DefaultSource) { IsImplied = true });
    }

    private Budget Parse(DeclaredBudget declared) => Budget.TryParse(declared.Expression, out var budget, out var error)
        ? budget
        : throw new PerfPlanException($"{test}: {declared.Source}: {error.Message}");

    private int IndexOf(Budget budget) =>
        budgets.FindIndex(known => known.Budget.Metric.Name == budget.Metric.Name && known.Budget.Kind == budget.Kind);

    private void Set(int index, PlannedBudget planned)
    {
        if (index < 0)
        {
            budgets.Add(planned);
        }
        else
        {
            budgets[index] = planned;
        }
    }
}
