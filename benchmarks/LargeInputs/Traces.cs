using PerfAssert.Load;

namespace LargeInputs;

/// <summary>Reads a generated trace as a load does, and hashes its arrivals for the run file.</summary>
internal static class Traces
{
    public static void Measure(string extension, int count, Func<int, string> line, string? header = null)
    {
        using var file = TextFile.Of(extension, count, line, header);
        Table.Row($"trace, {file.Megabytes:N0} MB of {extension}", count, () =>
        {
            var trace = TraceFile.Read(file.Path, file.Path);
            _ = trace.Sha256;
            return trace.Count == count ? trace : throw new InvalidOperationException($"{trace.Count} arrivals were read of {count}.");
        });
    }
}
