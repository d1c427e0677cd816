using System.Diagnostics;

namespace StreamingClients;

/// <summary>What reading one stream took.</summary>
internal readonly record struct Sample(int Chunks, TimeSpan Elapsed, TimeSpan Cpu, long Allocated)
{
    public static async Task<Sample> Of(StreamKind stream, Func<Task> read)
    {
        using var process = Process.GetCurrentProcess();
        var (allocated, cpu, start) = (GC.GetTotalAllocatedBytes(precise: true), process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await read();
        var elapsed = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        return new Sample(stream.Chunks, elapsed, process.TotalProcessorTime - cpu, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }
}
