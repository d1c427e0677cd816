using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Expressions;
using PerfAssert.Planning.Files;

namespace PerfAssert.Planning;

/// <summary>Decides everything about one test before its first request is sent.</summary>
internal static class Planner
{
    private static readonly string[] Modes = ["gate", "smoke"];

    /// <summary>Joins the test's attributes, the nearest <c>perf-budgets.json</c> and the environment.</summary>
    /// <exception cref="PerfPlanException">Something is wrong or missing; the message says what, where and what to do.</exception>
    public static PerfPlan Plan(TestDeclaration test, PlanningContext context)
    {
        var notes = new List<string>();
        var path = PlanFolders.FindBudgetsFile(context.StartFolder);
        var file = path is null ? null : BudgetsFile.Load(path);

        var mode = ReadMode(context, notes);
        var environments = new EnvironmentPlanner(file, context, notes);
        var (name, environment) = environments.Choose();
        var sections = file?.SectionsFor(test, name).ToList() ?? [];

        var budgets = new BudgetPlanner(test, notes).Plan(file, sections);
        var isRelative = budgets.Any(planned => planned.Budget.Kind != BudgetKind.Absolute);
        var hasReference = budgets.Any(planned => planned.Budget.Kind == BudgetKind.Reference);
        var load = new LoadPlanner(test, sections, new TracePlanner(context, path, notes), notes).Plan(isRelative, hasReference);
        return new PerfPlan(
            test.FullName,
            load,
            budgets,
            environments.PolicyOf(environment),
            mode,
            name,
            environments.PriceOf(environment),
            PlanFolders.Results(context, path, notes),
            [.. notes])
        {
            BaselinesFolder = Path.Combine(PlanFolders.Root(context.StartFolder), BaselineStore.FolderName),
            Waivers = [.. file?.WaiversFor(test.FullName, context.Today) ?? []],
        };
    }

    private static PerfMode ReadMode(PlanningContext context, List<string> notes)
    {
        if (context.Variable("PERFASSERT_MODE") is not { } mode)
        {
            return PerfMode.Gate;
        }

        notes.Add($"mode {mode}: PERFASSERT_MODE");
        return mode.ToUpperInvariant() switch
        {
            "GATE" => PerfMode.Gate,
            "SMOKE" => PerfMode.Smoke,
            _ => throw new PerfPlanException($"PERFASSERT_MODE is '{mode}', expected {Suggestion.List(Modes)}{Suggestion.For(mode, Modes)}"),
        };
    }
}
