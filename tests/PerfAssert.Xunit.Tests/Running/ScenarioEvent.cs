using System.Globalization;

namespace PerfAssert.Xunit.Tests.Running;

/// <summary>One line of the scenarios' event log.</summary>
/// <param name="ProcessId">The test host it happened in.</param>
/// <param name="Timestamp">On the machine's monotonic clock.</param>
/// <param name="Name">What happened.</param>
internal sealed record ScenarioEvent(int ProcessId, long Timestamp, string Name)
{
    public static ScenarioEvent Parse(string line)
    {
        var parts = line.Split(' ', 3);
        return new ScenarioEvent(
            int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }
}
