using System.Reflection;

namespace PerfAssert.Xunit.Tests.Running;

/// <summary>A copy of the scenario assembly in a folder of its own, with a perf-budgets.json above it, as a user's solution has one.</summary>
internal sealed class ScenarioFolder : IDisposable
{
    private static readonly string Scenarios = typeof(ScenarioFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ScenariosFolder").Value!;

    /// <param name="settings">The text of perf-budgets.json.</param>
    public ScenarioFolder(string settings = "{}")
    {
        Root = Directory.CreateTempSubdirectory("perfassert-").FullName;
        File.WriteAllText(Path.Combine(Root, "perf-budgets.json"), settings);
        foreach (var source in Directory.EnumerateFiles(Scenarios))
        {
            var copy = Path.Combine(Root, "bin", Path.GetFileName(source));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(source, copy);
        }
    }

    public string Root { get; }

    public string Assembly => Path.Combine(Root, "bin", "PerfAssert.Xunit.Scenarios.dll");

    public string LogFile => Path.Combine(Root, "events.log");

    /// <summary>Every file the runs left where results go.</summary>
    public IReadOnlyList<string> ResultFiles =>
        Directory.Exists(Path.Combine(Root, "perf-results"))
            ? Directory.GetFiles(Path.Combine(Root, "perf-results"), "*", SearchOption.AllDirectories)
            : [];

    public IReadOnlyList<string> RunFiles => [.. ResultFiles.Where(file => file.EndsWith(".json", StringComparison.Ordinal))];

    public IReadOnlyList<ScenarioEvent> Events() =>
        File.Exists(LogFile) ? [.. File.ReadAllLines(LogFile).Select(ScenarioEvent.Parse)] : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
