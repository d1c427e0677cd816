using System.Globalization;
using PerfAssert.Expressions;
using PerfAssert.Planning.Files;
using PerfAssert.Planning.Json;

namespace PerfAssert.Planning;

/// <summary>Decides which environment is at hand, and what follows from it.</summary>
internal sealed class EnvironmentPlanner(BudgetsFile? file, PlanningContext context, ICollection<string> notes)
{
    private const string DefaultName = "default";
    private const string VariableName = "PERFASSERT_ENVIRONMENT";

    /// <summary>
    /// The one <c>PERFASSERT_ENVIRONMENT</c> names, else the first in the file whose <c>when</c> matches, else <c>default</c>,
    /// which the file may declare.
    /// </summary>
    public (string Name, EnvironmentSection? Section) Choose()
    {
        var environments = file?.Environments ?? [];
        if (context.Variable(VariableName) is { } chosen)
        {
            var named = environments.FirstOrDefault(environment => environment.Name.Value == chosen);
            notes.Add($"environment {chosen}: {VariableName}");
            return named.Name is null ? throw Unknown(chosen) : (chosen, named.Value);
        }

        var matching = environments.FirstOrDefault(environment => environment.Value.When?.Value.Matches(context) == true);
        if (matching.Name is { } match)
        {
            notes.Add($"environment {match.Value}: {match.Place}, the first whose \"when\" matches");
            return (match.Value, matching.Value);
        }

        var fallback = environments.FirstOrDefault(environment => environment.Name.Value == DefaultName);
        if (fallback.Name is { } name)
        {
            notes.Add($"environment {DefaultName}: {name.Place}, as no \"when\" matches");
        }

        return (DefaultName, fallback.Value);
    }

    /// <summary>What the environment costs.</summary>
    public Price? PriceOf(EnvironmentSection? environment)
    {
        if (environment?.Price is not { } price)
        {
            return null;
        }

        if (price.Value.UsdPerHour is not { } usdPerHour)
        {
            notes.Add($"price {price.Value.CatalogueName}: {price.Place}");
            return new Price(null, $"{price.Value.CatalogueName} ({price.Place})");
        }

        notes.Add(FormattableString.Invariant($"price {usdPerHour.Value} USD/h: {usdPerHour.Place}"));
        return new Price(usdPerHour.Value, usdPerHour.Place.ToString());
    }

    /// <summary>The environment's policy over the file's over the default, key by key.</summary>
    public VerdictPolicy PolicyOf(EnvironmentSection? environment)
    {
        var standard = new VerdictPolicy();
        return new VerdictPolicy(
            Resolve("confidence", standard.Confidence, policy => policy.Confidence, environment),
            Resolve("inconclusive", standard.Inconclusive, policy => policy.Inconclusive, environment),
            Resolve("notComparable", standard.NotComparable, policy => policy.NotComparable, environment),
            Resolve("successBand", standard.SuccessBand, policy => policy.SuccessBand, environment),
            Resolve("tokenBand", standard.TokenBand, policy => policy.TokenBand, environment));
    }

    private T Resolve<T>(string key, T standard, Func<PolicySection, Located<T>?> pick, EnvironmentSection? environment)
    {
        var found = (environment is null ? null : pick(environment.Policy)) ?? (file is null ? null : pick(file.Policy));
        if (found is null)
        {
            return standard;
        }

        notes.Add($"policy {key} {Convert.ToString(found.Value, CultureInfo.InvariantCulture)?.ToLowerInvariant()}: {found.Place}");
        return found.Value;
    }

    private PerfPlanException Unknown(string chosen)
    {
        var declared = (file?.Environments ?? []).Select(environment => environment.Name.Value).ToList();
        var expected = file is null
            ? $"it unset: no {BudgetsFile.FileName} was found upwards from {context.StartFolder}"
            : declared.Count == 0
                ? $"it unset: {BudgetsFile.FileName} declares no environments"
                : "one that the file declares: " + Suggestion.List(declared);
        return new PerfPlanException($"{VariableName} is '{chosen}', expected {expected}{Suggestion.For(chosen, declared)}");
    }
}
