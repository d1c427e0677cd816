using System.Globalization;

namespace StreamingClients;

/// <summary>Repeats a measurement and writes its medians as a row of the table.</summary>
internal static class Report
{
    public const int WarmUps = 3;
    public const int Samples = 9;

    public static async Task<IReadOnlyList<Sample>> RepeatAsync(Func<Task<Sample>> measure)
    {
        var samples = new List<Sample>();
        for (var i = 0; i < WarmUps + Samples; i++)
        {
            samples.Add(await measure());
        }

        return samples[WarmUps..];
    }

    public static Task WriteAsync(StreamKind stream, string reader, IReadOnlyList<Sample> samples) =>
        Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {stream.Name} | {reader} | {Median(samples, sample => sample.Chunks / sample.Elapsed.TotalSeconds):N0} | {Median(samples, sample => sample.Cpu.TotalNanoseconds / sample.Chunks):N0} ns | {Median(samples, sample => (double)sample.Allocated / sample.Chunks):N1} |"));

    private static double Median(IReadOnlyList<Sample> samples, Func<Sample, double> value)
    {
        var sorted = samples.Select(value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
