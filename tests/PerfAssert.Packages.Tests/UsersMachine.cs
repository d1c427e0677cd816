using System.Diagnostics;

namespace PerfAssert.Packages.Tests;

/// <summary>Runs commands as on a user's machine: no CI mode, no package folder from outside, one compiler for all projects, no build node left behind.</summary>
internal static class UsersMachine
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<(int Code, string Output)> RunAsync(string program, string workingFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingFolder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("CI");
        start.Environment.Remove("NUGET_PACKAGES");
        start.Environment.Remove("PERFASSERT_REQUIRE");
        start.Environment.Remove("UseSharedCompilation");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs a command of the SDK that has to succeed.</summary>
    public static async Task DotnetAsync(string workingFolder, params string[] arguments)
    {
        var (code, output) = await RunAsync("dotnet", workingFolder, arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {code}:\n{output}");
        }
    }
}
