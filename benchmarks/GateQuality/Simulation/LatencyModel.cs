using PerfAssert.Load;

namespace GateQuality.Simulation;

/// <summary>
/// Latencies as services have them, on the log scale: a run's own level, a round's level that both versions share, one that they do not
/// share, and requests that resemble their neighbours, with a few that are much slower.
/// </summary>
internal sealed class LatencyModel
{
    private const double Usual = 10;

    private readonly RequestRandom random = new();
    private readonly Shape shape;
    private double? spare;

    /// <summary>The latencies of one test.</summary>
    /// <param name="shape">What latencies are like.</param>
    /// <param name="seed">Of the whole simulation.</param>
    /// <param name="test">The test's number: each has a stream of its own.</param>
    public LatencyModel(Shape shape, int seed, long test)
    {
        this.shape = shape;

        // Streams of neighbouring numbers are the same one, a step apart.
        random.Reseed(seed, test << 24);
    }

    /// <summary>Requests of a pair of rounds in milliseconds, in order.</summary>
    /// <param name="requests">Of one round.</param>
    /// <param name="run">The run's level.</param>
    /// <param name="slowShare">Of the candidate, as a multiple of the reference's.</param>
    public (double[] Candidate, double[] Reference) Pair(int requests, double run, double slowShare)
    {
        var shared = run + (shape.PairDeviation * Normal());
        return (Round(requests, shared, slowShare * shape.SlowShare), Round(requests, shared, shape.SlowShare));
    }

    /// <summary>The level of a run.</summary>
    public double Run() => shape.RunDeviation * Normal();

    /// <summary>A number below a bound.</summary>
    public int Below(int bound) => random.Next(bound);

    private double[] Round(int requests, double level, double slowShare)
    {
        var round = new double[requests];
        var own = level + (shape.RoundDeviation * Normal()) + (random.NextDouble() < shape.JumpShare ? shape.Jump : 0);
        var state = Normal();
        var innovation = Math.Sqrt(1 - (shape.Autocorrelation * shape.Autocorrelation));
        for (var i = 0; i < requests; i++)
        {
            state = (shape.Autocorrelation * state) + (innovation * Normal());
            var slow = random.NextDouble() < slowShare ? 1 - (shape.SlowMean * Math.Log(1 - random.NextDouble())) : 1;
            round[i] = Usual * Math.Exp(own + (shape.RequestDeviation * state)) * slow;
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
