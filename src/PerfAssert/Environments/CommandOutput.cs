using System.ComponentModel;
using System.Diagnostics;

namespace PerfAssert.Environments;

/// <summary>What a small tool of the system prints, if it is there and answers in time.</summary>
/// <param name="Found">Whether there is such a tool.</param>
/// <param name="Text">What it printed; <see langword="null"/>: it failed, or did not end in time and was ended.</param>
internal sealed record CommandOutput(bool Found, string? Text)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <param name="file">The tool.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">How long it may take; <see langword="null"/>: two seconds.</param>
    public static CommandOutput Read(string file, string arguments, TimeSpan? limit = null)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new CommandOutput(Found: false, null);
        }

        return new CommandOutput(Found: true, Answer(process, limit ?? Limit));
    }

    private static string? Answer(Process process, TimeSpan limit)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        if (process.WaitForExit(limit) && Task.WaitAll([output, errors], TimeSpan.FromTicks(Math.Max(0, (limit - watch.Elapsed).Ticks))))
        {
            return process.ExitCode == 0 ? output.Result : null;
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It ended by itself just now.
        }

        return null;
    }
}
