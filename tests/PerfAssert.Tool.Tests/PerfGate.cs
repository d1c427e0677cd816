using System.Diagnostics;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;

namespace PerfAssert.Tool.Tests;

/// <summary>The tool in a process of its own, in a folder of its own.</summary>
internal sealed class PerfGate : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();

    public PerfGate() => File.WriteAllText(Path.Combine(folder.Path, "perf-budgets.json"), "{}");

    public string Folder => folder.Path;

    /// <summary>Of the environment the tool is started in.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string Baselines => Path.Combine(Folder, "perf-baselines");

    public void Dispose() => folder.Dispose();

    /// <summary>Writes a run file and returns its path.</summary>
    public string Write(RunFile run, string into = "perf-results") => RunFileWriter.Write(Path.Combine(Folder, into), run);

    public Task<(int Code, string Output)> Run(params string[] arguments) =>
        Dotnet([Path.Combine(AppContext.BaseDirectory, "PerfAssert.Tool.dll"), .. arguments]);

    /// <summary>Ends the tool after a while, with nothing it could do about it.</summary>
    public async Task Kill(TimeSpan after, params string[] arguments)
    {
        using var process = Start([Path.Combine(AppContext.BaseDirectory, "PerfAssert.Tool.dll"), .. arguments]);
        await Task.Delay(after);
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Sends the tool what a terminal sends on Ctrl-C, when it has written a line and is at work.</summary>
    public async Task<(int Code, string Output)> Interrupt(params string[] arguments)
    {
        // Programs started in the background may inherit an ignored SIGINT.
        using var process = Start(["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "PerfAssert.Tool.dll"), .. arguments], "env");
        var error = process.StandardError.ReadToEndAsync();
        var first = await process.StandardOutput.ReadLineAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        using (var kill = Process.Start("kill", ["-s", "INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, first + output + await error);
    }

    public async Task<(int Code, string Output)> Dotnet(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + await error);
    }

    private Process Start(string[] arguments, string program = "dotnet")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("PERFASSERT_RESULTS");
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
