using System.Globalization;

namespace StreamingClients;

/// <summary>Repeats measurements and writes their medians as rows of the table.</summary>
internal static class Report
{
    public const int WarmUps = 3;
    public const int Samples = 9;

    private const int Turns = 3;

    public static async Task<IReadOnlyList<Sample>> RepeatAsync(Func<Task<Sample>> measure)
    {
        var samples = new List<Sample>();
        for (var i = 0; i < WarmUps + Samples; i++)
        {
            samples.Add(await measure());
        }

        return samples[WarmUps..];
    }

    /// <summary>Measures all readers in turns, and writes a row for each: medians, and how far those of the turns lie apart.</summary>
    public static async Task WriteAsync(StreamKind stream, IReadOnlyList<(string Name, Func<Task<IReadOnlyList<Sample>>> Measure)> readers)
    {
        var turns = readers.Select(_ => new List<IReadOnlyList<Sample>>()).ToList();

        // The first turn compiles.
        for (var turn = 0; turn <= Turns; turn++)
        {
            for (var reader = 0; reader < readers.Count; reader++)
            {
                var samples = await readers[reader].Measure();
                if (turn > 0)
                {
                    turns[reader].Add(samples);
                }
            }
        }

        for (var reader = 0; reader < readers.Count; reader++)
        {
            var (all, rates) = (turns[reader].SelectMany(turn => turn).ToList(), turns[reader].Select(turn => Median(turn, Rate)).Order().ToList());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {stream.Name} | {readers[reader].Name} | {Median(all, Rate):N0} ({rates[0]:N0} to {rates[^1]:N0}) | {Median(all, sample => sample.Cpu.TotalNanoseconds / sample.Chunks):N0} ns | {Median(all, sample => (double)sample.Allocated / sample.Chunks):N1} |"));
        }
    }

    private static double Rate(Sample sample) => sample.Chunks / sample.Elapsed.TotalSeconds;

    private static double Median(IReadOnlyList<Sample> samples, Func<Sample, double> value)
    {
        var sorted = samples.Select(value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
