using Xunit;

namespace PerfAssert.Xunit.Tests.Running;

/// <summary>One run of everything that works, read by many tests: a start costs seconds.</summary>
public sealed class FeatureRun : IAsyncLifetime
{
    private static readonly string[] Classes = ["Budgets", "Lifetimes", "SameGroup", "Theories", "Methods", "TimeLimits", "Versions"];

    internal IReadOnlyDictionary<string, ReportedTest> Tests { get; private set; } = new Dictionary<string, ReportedTest>();

    internal IReadOnlyList<ScenarioEvent> Events { get; private set; } = [];

    internal IReadOnlyList<string> RunFiles { get; private set; } = [];

    internal int ExitCode { get; private set; }

    internal string Console { get; private set; } = string.Empty;

    public async Task InitializeAsync()
    {
        using var folder = new ScenarioFolder();
        using var run = await ScenarioRun.CompleteAsync(
            folder, string.Join('|', Classes.Select(name => $"FullyQualifiedName~Scenarios.{name}.")));
        (Tests, Events, ExitCode, Console) = (run.Tests, folder.Events(), run.ExitCode, run.Console);
        RunFiles = [.. folder.RunFiles.Select(File.ReadAllText)];
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

[CollectionDefinition(nameof(FeatureRun))]
public sealed class FeatureRunGroup : ICollectionFixture<FeatureRun>;
