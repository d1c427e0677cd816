using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using FluentAssertions;
using Xunit;

namespace PerfAssert.Packages.Tests;

/// <summary>The tool as a user gets it: packed to a folder, installed from there, and run.</summary>
public sealed class PackedToolTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-tool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_packed_tool_is_installed_and_answers()
    {
        var root = typeof(PackedToolTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "RepositoryRoot").Value!;
        var version = "0.0.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var (feed, tools) = (Path.Combine(folder, "feed"), Path.Combine(folder, "tools"));
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "packages")}" /></config>
            </configuration>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "perf-budgets.json"), "{}");

        await Dotnet(root, "pack", Path.Combine("src", "PerfAssert.Tool"), "-o", feed, $"-p:Version={version}", "-p:BaseOutputPath=" + Path.Combine(folder, "out") + Path.DirectorySeparatorChar);
        await Dotnet(folder, "tool", "install", "PerfAssert.Tool", "--tool-path", tools, "--version", version, "--configfile", Path.Combine(folder, "nuget.config"));
        var (code, output) = await Run(Path.Combine(tools, OperatingSystem.IsWindows() ? "perfgate.exe" : "perfgate"), folder, "baseline", "list");

        code.Should().Be(0, output);
        output.Should().Contain("No baseline in " + Path.Combine(folder, "perf-baselines"));
    }

    private static async Task Dotnet(string workingFolder, params string[] arguments)
    {
        var (code, output) = await Run("dotnet", workingFolder, arguments);
        code.Should().Be(0, output);
    }

    private static async Task<(int Code, string Output)> Run(string program, string workingFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingFolder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("CI");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + await error);
    }
}
