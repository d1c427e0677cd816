using System.Diagnostics;
using LoadEngine.Generators;

namespace LoadEngine.Children;

/// <summary>Another program that wants the generator's core: it computes and never waits.</summary>
internal static class BusyNeighbour
{
    public static Report Run(Job job)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < job.TotalSeconds)
        {
        }

        return new Report(0, 0, 0);
    }
}
