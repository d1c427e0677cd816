using System.ComponentModel;
using System.Diagnostics;
using PerfAssert.Planning;

namespace PerfAssert.Tool.Commands;

/// <summary><c>dotnet test</c>, in a process of its own.</summary>
internal static class DotnetTest
{
    /// <summary>Runs tests whatever comes of them. A budget that is broken is no matter here.</summary>
    /// <param name="arguments">Behind <c>dotnet test</c>.</param>
    /// <param name="results">Where run files go.</param>
    /// <param name="cancellation">Ends the tests too.</param>
    /// <returns>What was said.</returns>
    /// <exception cref="PerfPlanException">There is no <c>dotnet</c>.</exception>
    public static async Task<string> RunAsync(string[] arguments, string results, CancellationToken cancellation)
    {
        using var process = Start(arguments, results);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Its folder is deleted next: nothing may write into it then.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return await output + await error;
    }

    private static Process Start(string[] arguments, string results)
    {
        var program = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var start = new ProcessStartInfo(program, ["test", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PERFASSERT_RESULTS"] = results;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new PerfPlanException($"'{program}' cannot be started: {exception.Message}. The tests are run with `dotnet test`: install the .NET SDK and put `dotnet` on the PATH.");
        }
    }
}
