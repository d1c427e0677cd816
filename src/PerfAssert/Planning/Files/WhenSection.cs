using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary><c>when</c>: the conditions under which an environment is the one at hand. All that are given must hold.</summary>
internal sealed class WhenSection
{
    public Located<string>? Gpu { get; set; }

    public Located<string>? Cpu { get; set; }

    public Located<string>? Os { get; set; }

    public Located<VariableCondition>? Env { get; set; }

    public bool IsEmpty => Gpu is null && Cpu is null && Os is null && Env is null;

    /// <summary>Whether every condition holds.</summary>
    public bool Matches(PlanningContext context) =>
        !IsEmpty
        && MatchesName(Gpu, context.Machine.Gpu)
        && MatchesName(Cpu, context.Machine.Cpu)
        && MatchesName(Os, context.Machine.Os)
        && (Env is null || Env.Value.Holds(context));

    private static bool MatchesName(Located<string>? pattern, string? name) =>
        pattern is null || (name is not null && Glob.IsMatch(pattern.Value, name, ignoreCase: true));
}
