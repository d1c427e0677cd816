using System.Diagnostics;
using System.Globalization;
using LoadEngine.Generators;

namespace LoadEngine.Measuring;

/// <summary>A generator's process, pinned to one core.</summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private static readonly TimeSpan MemoryProbe = TimeSpan.FromMilliseconds(10);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private ToolProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => process.HasExited;

    /// <summary>CPU time of the process so far, user and system, all threads.</summary>
    public double CpuSeconds => MachineLoad.CpuSecondsOf(process.Id);

    public static ToolProcess Start(Command command, int core)
    {
        var start = new ProcessStartInfo("taskset", ["-c", $"{core}", command.Program, .. command.Arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The driver's own, see run.sh.
        start.Environment.Remove("DOTNET_TieredCompilation");
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(Process.Start(start)!);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task<string> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
        return process.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw new InvalidOperationException(
                $"exit code {process.ExitCode}: {(await errors.ConfigureAwait(false)).Trim()} {(await output.ConfigureAwait(false)).Trim()}");
    }

    /// <summary>Waits for its end, and watches its memory meanwhile.</summary>
    /// <returns>The most memory it had resident, in MiB: the kernel's own high-water mark.</returns>
    public async Task<double> PeakMemoryAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var peak = 0.0;
        _ = await WatchMemoryAsync(limit, MemoryProbe, memory => peak = Math.Max(peak, memory.Peak), cancellationToken).ConfigureAwait(false);
        return peak;
    }

    /// <summary>Waits for its end, and looks at its resident memory meanwhile: now, and the most so far, in MiB.</summary>
    /// <returns>Its standard output.</returns>
    public async Task<string> WatchMemoryAsync(TimeSpan limit, TimeSpan period, Action<(double Now, double Peak)> look, CancellationToken cancellationToken)
    {
        var ended = WaitAsync(limit, cancellationToken);
        while (await Task.WhenAny(ended, Task.Delay(period, CancellationToken.None)).ConfigureAwait(false) != ended)
        {
            look(ReadMemory());
        }

        return await ended.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // Gone, or a zombie without memory: what was read before stands.
    private (double Now, double Peak) ReadMemory()
    {
        try
        {
            string[] lines = [.. File.ReadLines($"/proc/{process.Id}/status")];
            return (Read("VmRSS:"), Read("VmHWM:"));

            double Read(string name) => lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
                ? Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) / 1024
                : 0;
        }
        catch (IOException)
        {
            return (0, 0);
        }
    }
}
