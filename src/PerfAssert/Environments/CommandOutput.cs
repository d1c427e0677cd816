using System.ComponentModel;
using System.Diagnostics;

namespace PerfAssert.Environments;

/// <summary>What a small tool of the system prints, if it is there and answers in time.</summary>
/// <param name="Found">Whether there is such a tool.</param>
/// <param name="Text">What it printed; <see langword="null"/>: it failed, or did not end in time and was ended.</param>
internal sealed record CommandOutput(bool Found, string? Text)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public static CommandOutput Read(string file, string arguments)
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

        return new CommandOutput(Found: true, Answer(process));
    }

    private static string? Answer(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(Limit) && Task.WaitAll([output, errors], Limit))
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
