using System.Diagnostics;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>What happened, one event a line: process, machine-wide clock, name. The tests that started this process read it.</summary>
internal static class EventLog
{
    private static readonly string? File = Environment.GetEnvironmentVariable("SCENARIO_LOG");
    private static readonly Lock Gate = new();

    public static void Write(string name)
    {
        if (File is null)
        {
            return;
        }

        lock (Gate)
        {
            System.IO.File.AppendAllText(File, $"{Environment.ProcessId} {Stopwatch.GetTimestamp()} {name}\n");
        }
    }
}
