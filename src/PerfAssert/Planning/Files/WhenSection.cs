using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary><c>when</c>: the conditions under which an environment is the one at hand. All that are given must hold.</summary>
internal sealed class WhenSection
{
    public Located<string>? Gpu { get; set; }

    public Located<string>? Cpu { get; set; }

    public Located<string>? Os { get; set; }

    public Located<string>? Env { get; set; }

    public bool IsEmpty => Gpu is null && Cpu is null && Os is null && Env is null;

    /// <summary>Whether every condition holds.</summary>
    public bool Matches(PlanningContext context) =>
        !IsEmpty
        && MatchesName(Gpu, context.Machine.Gpu)
        && MatchesName(Cpu, context.Machine.Cpu)
        && MatchesName(Os, context.Machine.Os)
        && (Env is null || MatchesVariable(Env.Value, context));

    private static bool MatchesName(Located<string>? pattern, string? name) =>
        pattern is null || (name is not null && Glob.IsMatch(pattern.Value, name, ignoreCase: true));

    private static bool MatchesVariable(string condition, PlanningContext context)
    {
        var parts = condition.Split('=', 2);
        var value = context.Variable(parts[0]);
        return parts.Length == 1 ? value is not null : value == parts[1];
    }
}
