using System.Diagnostics;
using System.Text;

namespace PerfAssert.Xunit.Tests.Running;

/// <summary><c>dotnet test</c> on the scenario assembly, in a process group of its own, as from a terminal.</summary>
internal sealed class ScenarioRun : IDisposable
{
    // Not the work, which takes seconds, but the wait for other performance tests on the machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly string reportFile;
    private readonly StringBuilder console = new();

    private ScenarioRun(Process process, string reportFile)
    {
        this.process = process;
        this.reportFile = reportFile;
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int ExitCode => process.ExitCode;

    public string Console
    {
        get
        {
            lock (console)
            {
                return console.ToString();
            }
        }
    }

    public IReadOnlyDictionary<string, ReportedTest> Tests => TestReport.Read(reportFile);

    public static ScenarioRun Start(ScenarioFolder folder, string filter, params (string Name, string Value)[] environment)
    {
        var report = $"{Guid.NewGuid():N}.trx";
        var start = new ProcessStartInfo("setsid") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Root };
        string[] command =
        [
            // Programs started in the background may inherit an ignored SIGINT.
            "env", "--default-signal=INT",
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "test", folder.Assembly,
            "--filter", filter, "--logger", $"trx;LogFileName={report}", "--results-directory", folder.Root,
        ];
        foreach (var argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PERFASSERT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["SCENARIO_LOG"] = folder.LogFile;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ScenarioRun(new Process { StartInfo = start }, Path.Combine(folder.Root, report));
    }

    public static async Task<ScenarioRun> CompleteAsync(
        ScenarioFolder folder, string filter, params (string Name, string Value)[] environment)
    {
        var run = Start(folder, filter, environment);
        try
        {
            await run.WaitAsync();
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    public Task WaitAsync() => process.WaitForExitAsync().WaitAsync(Patience);

    /// <summary>Sends a signal to the whole group, as a terminal does on Ctrl-C.</summary>
    public Task InterruptAsync() => SignalAsync("INT", -process.Id);

    public static async Task SignalAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", ["-s", signal, "--", processId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the scenarios have logged an event.</summary>
    public async Task<ScenarioEvent> UntilAsync(ScenarioFolder folder, string eventName)
    {
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < Patience && !process.HasExited)
        {
            if (folder.Events().FirstOrDefault(happened => happened.Name == eventName) is { } found)
            {
                return found;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"'{eventName}' did not happen. The console says:\n{Console}");
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Collect(object sender, DataReceivedEventArgs line)
    {
        lock (console)
        {
            console.AppendLine(line.Data);
        }
    }
}
