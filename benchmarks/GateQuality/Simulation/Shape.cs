namespace GateQuality.Simulation;

/// <summary>What latencies are like. Deviations are of logarithms.</summary>
/// <param name="Name">On the command line.</param>
internal sealed record Shape(string Name)
{
    /// <summary>All shapes; the first one is what the targets for finding changes are about.</summary>
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("usual"),
        new("sticky") { Autocorrelation = 0.98 },
        new("independent") { Autocorrelation = 0 },
        new("heavy") { SlowShare = 0.01, SlowMean = 10 },
        new("narrow") { RequestDeviation = 0.05, RoundDeviation = 0.005 },
        new("restless") { RoundDeviation = 0.05 },
        new("jumpy") { RoundDeviation = 0.01, JumpShare = 0.1, Jump = 0.3 },
    ];

    /// <summary>Of a run on its machine at its time; the same for both versions of one run.</summary>
    public double RunDeviation { get; init; } = 0.05;

    /// <summary>Of a pair of rounds.</summary>
    public double PairDeviation { get; init; } = 0.05;

    /// <summary>Of one round.</summary>
    public double RoundDeviation { get; init; } = 0.01;

    /// <summary>Share of rounds that something disturbs.</summary>
    public double JumpShare { get; init; }

    /// <summary>By how much a disturbed round is slower, on the log scale.</summary>
    public double Jump { get; init; }

    /// <summary>Of one request.</summary>
    public double RequestDeviation { get; init; } = 0.30;

    /// <summary>Between neighbouring requests.</summary>
    public double Autocorrelation { get; init; } = 0.9;

    /// <summary>Share of slow requests in unchanged code.</summary>
    public double SlowShare { get; init; } = 0.02;

    /// <summary>A slow request takes 1 + an exponential number with this mean times as long.</summary>
    public double SlowMean { get; init; } = 2;
}
