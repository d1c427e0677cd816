using System.Diagnostics;
using System.Globalization;

namespace LargeInputs;

/// <summary>Measures what something costs to make and to keep, and writes it as a row.</summary>
internal static class Table
{
    public static void Head()
    {
        Console.WriteLine("| input | count | time | kept in memory | bytes kept for each | most memory while reading |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
    }

    public static void Row(string name, int count, Func<object> make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var peak = new PeakMemory();
        var start = Stopwatch.GetTimestamp();
        var made = make();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var most = peak.Stop() - before;
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(made);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {count:N0} | {elapsed.TotalSeconds:0.00} s | {kept / 1e6:N1} MB | {(double)kept / count:N0} | {most / 1e6:N1} MB |"));
    }
}
