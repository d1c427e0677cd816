using System.Collections.Immutable;
using System.Text;
using PerfAssert.Budgets;
using PerfAssert.Expressions;
using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary>A read and checked <c>perf-budgets.json</c>.</summary>
internal sealed class BudgetsFile
{
    public const string FileName = "perf-budgets.json";

    public PolicySection Policy { get; set; } = new();

    public ImmutableArray<(Located<string> Name, EnvironmentSection Value)> Environments { get; set; } = [];

    public ImmutableArray<Located<Budget>> Regression { get; set; } = [];

    public ImmutableArray<(Located<string> Name, TestSection Value)> Tests { get; set; } = [];

    public ImmutableArray<Located<WaiverSection>> Waivers { get; set; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="PerfPlanException">It cannot be read, or something in it is wrong.</exception>
    public static BudgetsFile Load(string path)
    {
        try
        {
            // With the preamble: otherwise a byte order mark turns the errors off.
            return Parse(File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true)));
        }
        catch (DecoderFallbackException exception)
        {
            throw new PerfPlanException($"{path} is not UTF-8 text: {exception.Message} Save it as UTF-8.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PerfPlanException($"{path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="PerfPlanException">Something in it is wrong.</exception>
    public static BudgetsFile Parse(string text)
    {
        var file = BudgetsFileShape.Root.Read(LocatedJsonReader.Read(FileName, text));
        file.Check();
        return file;
    }

    /// <summary>What applies to a test in an environment; later ones win.</summary>
    public IEnumerable<TestSection> SectionsFor(TestDeclaration test, string environment) =>
        from entry in Tests
        where test.Matches(entry.Name.Value)
        from section in entry.Value.In
            .Where(inner => inner.Name.Value == environment)
            .Select(inner => inner.Value)
            .Prepend(entry.Value)
        select section;

    /// <summary>The waivers of a test, by its exact full name.</summary>
    public IEnumerable<PlannedWaiver> WaiversFor(string test, DateOnly today) =>
        from waiver in Waivers
        where waiver.Value.Test == test
        select new PlannedWaiver(
            waiver.Value.Budget.Value,
            waiver.Value.Ceiling.Value,
            waiver.Value.Until,
            waiver.Value.Until < today,
            waiver.Value.Issue,
            waiver.Value.Reason,
            waiver.Place.ToString());

    private void Check()
    {
        CheckOnce(Regression);
        foreach (var (_, test) in Tests)
        {
            CheckOnce(test.Budgets);
            foreach (var (name, inner) in test.In)
            {
                CheckDeclared(name);
                CheckOnce(inner.Budgets);
            }
        }

        foreach (var (_, environment) in Environments)
        {
            if (environment.When is { Value.IsEmpty: true } when)
            {
                throw when.Place.Error("found no condition, expected at least one of gpu, cpu, os or env; without \"when\" the environment is taken only by name");
            }
        }

        CheckWaivers();
    }

    private void CheckWaivers()
    {
        var seen = new HashSet<(string, Budget)>();
        foreach (var waiver in Waivers)
        {
            var (budget, ceiling) = (waiver.Value.Budget, waiver.Value.Ceiling);
            if (ceiling.Value.Metric != budget.Value.Metric)
            {
                throw ceiling.Place.Error($"found a ceiling of {ceiling.Value.Metric.Name} for a budget of {budget.Value.Metric.Name}, expected one of the same metric");
            }

            if (ceiling.Value.Kind == BudgetKind.Reference)
            {
                throw ceiling.Place.Error($"found '{ceiling.Value}', expected an absolute ceiling or one relative to the baseline");
            }

            if (!seen.Add((waiver.Value.Test, budget.Value)))
            {
                throw waiver.Place.Error($"found a second waiver of '{budget.Value}' for {waiver.Value.Test}, expected one");
            }
        }
    }

    private void CheckDeclared(Located<string> name)
    {
        var declared = Environments.Select(environment => environment.Name.Value).ToList();
        if (!declared.Contains(name.Value))
        {
            var expected = declared.Count == 0 ? "one that is declared in \"environments\"; none is" : Suggestion.List(declared);
            throw name.Place.Error($"unknown environment '{name.Value}', expected {expected}{Suggestion.For(name.Value, declared)}");
        }
    }

    private static void CheckOnce(ImmutableArray<Located<Budget>> budgets)
    {
        var seen = new Dictionary<(string, BudgetKind), Budget>();
        foreach (var budget in budgets)
        {
            if (!seen.TryAdd((budget.Value.Metric.Name, budget.Value.Kind), budget.Value))
            {
                var first = seen[(budget.Value.Metric.Name, budget.Value.Kind)];
                throw budget.Place.Error($"found '{budget.Value}' beside '{first}' in the same list, expected one of them");
            }
        }
    }
}
