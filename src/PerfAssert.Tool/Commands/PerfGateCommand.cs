using System.CommandLine;
using System.CommandLine.Invocation;
using PerfAssert.Baselines;
using PerfAssert.Planning;
using PerfAssert.Runs;

namespace PerfAssert.Tool.Commands;

/// <summary>The command line as a whole.</summary>
internal static class PerfGateCommand
{
    // Tests that were cancelled are ended first.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Invoke(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Baselines and comparisons of PerfAssert's performance tests.") { BaselineCommand.Create(), CompareCommand.Create(), CalibrateCommand.Create() };
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction errors)
        {
            errors.ShowHelp = false;
        }

        try
        {
            var code = parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Patience }).GetAwaiter().GetResult();
            return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (Exception exception) when (exception is BaselineException or RunFileException or PerfPlanException)
        {
            error.WriteLine(exception.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Cancelled: nothing was kept.");
            return ExitCode.Cancelled;
        }
    }
}
