using System.Collections.Immutable;

namespace GateQuality.Histories;

/// <summary>One build of a program and the repeated runs of one test on it.</summary>
internal sealed record Build(string Number, ImmutableArray<double> Runs)
{
    public double Median { get; } = MedianOf(Runs);

    public static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
