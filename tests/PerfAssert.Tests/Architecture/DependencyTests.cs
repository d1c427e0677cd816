using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using FluentAssertions;
using Xunit;

namespace PerfAssert.Tests.Architecture;

/// <summary>The dependency rules: data flows one way, and the folders follow it.</summary>
public sealed class DependencyTests
{
    private const string Root = "PerfAssert";

    // What each folder may use. Data flows expressions → plan → load → measurements → judging → run file → reports.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Expressions"] = [],
        ["Statistics"] = [],
        ["Environments"] = [],
        ["Measurements"] = ["Expressions"],
        ["Load"] = ["Expressions", "Environments", "Measurements"],
        ["Budgets"] = ["Expressions", "Measurements"],
        ["Baselines"] = ["Statistics", "Environments", "Measurements", "Load"],
        ["Planning"] = ["Expressions", "Measurements", "Load", "Budgets", "Baselines"],
        ["Cost"] = ["Expressions", "Measurements", "Planning"],
        ["Judging"] = ["Expressions", "Measurements", "Load", "Budgets", "Baselines", "Planning", "Statistics", "Cost"],
        ["Runs"] = ["Expressions", "Statistics", "Measurements", "Load", "Budgets", "Planning", "Judging", "Environments"],
        ["Promotion"] = ["Expressions", "Statistics", "Measurements", "Load", "Budgets", "Baselines", "Judging", "Runs"],
        ["Comparing"] = ["Expressions", "Statistics", "Measurements", "Load", "Budgets", "Baselines", "Planning", "Judging", "Runs", "Promotion"],
        ["Reports"] = ["Expressions", "Runs"],
    };

    // The words every folder may use; the other types of the root stand above all folders.
    private static readonly string[] Words =
        ["LoadAttribute", "BudgetAttribute", "PerfRequest", "Arrivals", "Variant", "IVersionedEndpoint"];

    // It may be set, and go back, while a load runs; ticks of milliseconds measure nothing.
    private static readonly string[] WallClock =
    [
        "DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow",
        "Environment.get_TickCount", "Environment.get_TickCount64", "TimeProvider.GetUtcNow", "TimeProvider.GetLocalNow",
    ];

    private static readonly ArchUnitNET.Domain.Architecture Core =
        new ArchLoader().LoadAssemblies(typeof(PerfTest).Assembly).Build();

    [Fact]
    public void No_folder_of_the_core_uses_one_that_comes_after_it()
    {
        var broken =
            from type in Core.Types
            let folder = Folder(type)
            where folder is not null
            from used in type.Dependencies.Select(dependency => dependency.Target).Distinct()
                // ArchUnitNET takes the type parameters of generated methods of one name for those of the first one.
            where used is not GenericParameter
            let target = Folder(used)
            where target is not null && target != folder && !Allowed[folder].Contains(target)
            select $"{type.FullName} uses {used.FullName}: {folder} may use {string.Join(", ", Allowed[folder])}";

        broken.Distinct().Should().BeEmpty();
    }

    [Fact]
    public void Folders_use_only_the_words_of_the_root()
    {
        var broken =
            from type in Core.Types
            where Folder(type) is not null
            from used in type.Dependencies.Select(dependency => dependency.Target).Distinct()
            where used.Namespace?.FullName == Root && !Words.Contains(used.Name.Split('+')[0])
            select $"{type.FullName} uses {used.FullName}";

        broken.Distinct().Should().BeEmpty();
    }

    [Fact]
    public void Every_folder_has_a_rule() =>
        Core.Types.Select(Folder).OfType<string>().Distinct().Should().BeEquivalentTo(Allowed.Keys);

    [Fact]
    public void The_core_knows_no_test_framework_no_container_and_no_adapter() =>
        typeof(PerfTest).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name)
            .Should().NotContain(name => name!.StartsWith("xunit", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("FluentAssertions", StringComparison.Ordinal)
                || name.StartsWith("Testcontainers", StringComparison.Ordinal)
                || name.StartsWith("Docker", StringComparison.Ordinal)
                || name.StartsWith("Grpc", StringComparison.Ordinal)
                || name.StartsWith("PerfAssert.", StringComparison.Ordinal));

    [Fact]
    public void What_is_measured_never_meets_the_wall_clock()
    {
        WallClocks(type => Folder(type) is "Load" or "Measurements").Should().BeEmpty();
        WallClocks(type => type.Name == nameof(PerfRunner)).Should().ContainSingle("when a run began is told, so that what is looked for is found here")
            .Which.Should().Contain(nameof(TimeProvider.GetUtcNow));
    }

    private static IEnumerable<string> WallClocks(Func<IType, bool> among) => (
        from type in Core.Types
        where among(type)
        from call in type.Dependencies.OfType<MethodCallDependency>()
        where WallClock.Contains($"{call.Target.Name}.{call.TargetMember.Name.Split('(')[0]}")
        select $"{type.FullName} uses {call.TargetMember.FullName}").Distinct();

    private static string? Folder(IType type)
    {
        var name = type.Namespace?.FullName ?? string.Empty;
        return name.StartsWith(Root + ".", StringComparison.Ordinal) ? name[(Root.Length + 1)..].Split('.')[0] : null;
    }
}
