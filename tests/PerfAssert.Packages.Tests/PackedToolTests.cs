using FluentAssertions;
using Xunit;

namespace PerfAssert.Packages.Tests;

/// <summary>The tool as a user gets it: installed from the feed, and run.</summary>
[Collection("Packages")]
public sealed class PackedToolTests(PackedPackages packages) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-tool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_packed_tool_is_installed_and_answers()
    {
        var (tools, config) = (Path.Combine(folder, "tools"), Path.Combine(folder, "nuget.config"));
        await File.WriteAllTextAsync(config, $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{packages.Feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "packages")}" /></config>
            </configuration>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "perf-budgets.json"), "{}");

        await UsersMachine.DotnetAsync(folder, "tool", "install", "PerfAssert.Tool", "--tool-path", tools, "--version", packages.Version, "--configfile", config);
        var (code, output) = await UsersMachine.RunAsync(Path.Combine(tools, OperatingSystem.IsWindows() ? "perfgate.exe" : "perfgate"), folder, "baseline", "list");

        code.Should().Be(0, output);
        output.Should().Contain("No baseline in " + Path.Combine(folder, "perf-baselines"));
    }
}
