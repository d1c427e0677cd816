namespace GateQuality.Simulation;

/// <summary>
/// Latencies as services have them, on the log scale: a run's own level, a round's level that both versions share, one that they do not
/// share, and requests that resemble their neighbours, with a few that are much slower.
/// </summary>
internal sealed class LatencyModel(int seed)
{
    /// <summary>Of a run on its machine at its time; the same for both versions of one run.</summary>
    public const double RunDeviation = 0.05;

    /// <summary>Of a pair of rounds.</summary>
    public const double PairDeviation = 0.05;

    /// <summary>Of one round.</summary>
    public const double RoundDeviation = 0.01;

    /// <summary>Of one request.</summary>
    public const double RequestDeviation = 0.30;

    /// <summary>Between neighbouring requests.</summary>
    public const double Autocorrelation = 0.9;

    /// <summary>Share of slow requests in unchanged code.</summary>
    public const double SlowShare = 0.02;

    /// <summary>A slow request takes 1 + an exponential number with this mean times as long.</summary>
    public const double SlowMean = 2;

    private const double Usual = 10;

    private readonly Random random = new(seed);
    private double? spare;

    /// <summary>Requests of a pair of rounds in milliseconds, in order.</summary>
    /// <param name="requests">Of one round.</param>
    /// <param name="run">The run's level.</param>
    /// <param name="change">What the candidate does differently.</param>
    public (double[] Candidate, double[] Reference) Pair(int requests, double run, Injected change)
    {
        var shared = run + (PairDeviation * Normal());
        return (Round(requests, shared + Math.Log(1 + change.Slower), change.SlowShare), Round(requests, shared, SlowShare));
    }

    /// <summary>The level of a run.</summary>
    public double Run() => RunDeviation * Normal();

    /// <summary>A number below a bound.</summary>
    public int Below(int bound) => random.Next(bound);

    private double[] Round(int requests, double level, double slowShare)
    {
        var round = new double[requests];
        var own = level + (RoundDeviation * Normal());
        var state = Normal();
        var innovation = Math.Sqrt(1 - (Autocorrelation * Autocorrelation));
        for (var i = 0; i < requests; i++)
        {
            state = (Autocorrelation * state) + (innovation * Normal());
            var slow = random.NextDouble() < slowShare ? 1 - (SlowMean * Math.Log(1 - random.NextDouble())) : 1;
            round[i] = Usual * Math.Exp(own + (RequestDeviation * state)) * slow;
        }

        return round;
    }

    // Marsaglia's polar method gives two at a time.
    private double Normal()
    {
        if (spare is { } kept)
        {
            spare = null;
            return kept;
        }

        double x, y, square;
        do
        {
            (x, y) = ((2 * random.NextDouble()) - 1, (2 * random.NextDouble()) - 1);
            square = (x * x) + (y * y);
        }
        while (square is 0 or >= 1);
        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        spare = y * factor;
        return x * factor;
    }
}
