using FluentAssertions;
using PerfAssert.Planning;

namespace PerfAssert.Tests.Planning;

/// <summary>Plans one test: a method with a load and a p99 budget, unless said otherwise.</summary>
internal static class Plans
{
    public const string TestName = "ModelPerfTests.SentimentEndpoint.Classify";

    public static TestDeclaration Test(string? load = "200 rps for 30 s", params string[] budgets) =>
        Test(load is null ? null : new LoadAttribute(load), budgets);

    public static TestDeclaration Test(LoadAttribute? load, params string[] budgets) => new(
        TestName,
        "",
        load is null ? null : new DeclaredLoad(load, "[Load] on method Classify"),
        [.. budgets.Select(budget => new DeclaredBudget(budget, "[Budget] on method Classify"))]);

    public static TestDeclaration Standard => Test("200 rps for 30 s", "p99 < 200 ms", "errors < 1 %");

    /// <summary>Plans with the text of perf-budgets.json, or without the file.</summary>
    public static PerfPlan Of(TestDeclaration test, string? file = null, MachineFacts? machine = null, params (string Name, string Value)[] variables)
    {
        using var folder = new TestFolder();
        if (file is not null)
        {
            folder.With("perf-budgets.json", file);
        }

        return In(folder, test, machine, variables);
    }

    public static PerfPlan In(TestFolder folder, TestDeclaration test, MachineFacts? machine = null, params (string Name, string Value)[] variables) =>
        Planner.Plan(test, new PlanningContext(
            folder.Start,
            name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault(),
            machine ?? MachineFacts.Unknown));

    /// <summary>The message of the plan that cannot be made.</summary>
    public static string Error(TestDeclaration test, string? file = null, params (string Name, string Value)[] variables)
    {
        Action plan = () => Of(test, file, null, variables);
        return plan.Should().ThrowExactly<PerfPlanException>().Which.Message.ReplaceLineEndings("\n");
    }

    public static IEnumerable<string> Budgets(PerfPlan plan) => plan.Budgets.Select(planned => $"{planned.Budget} ({planned.Source})");
}
