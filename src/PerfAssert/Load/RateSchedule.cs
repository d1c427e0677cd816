namespace PerfAssert.Load;

/// <summary>
/// Arrivals of a constant rate or a ramp. Arrival <c>k</c> is due when the expected number of arrivals Λ(t) reaches <c>k</c> (constant)
/// or the k-th event of a unit-rate Poisson process (Poisson): one formula for both.
/// </summary>
internal sealed class RateSchedule : ArrivalSchedule
{
    private readonly double from;
    private readonly double to;
    private readonly double seconds;
    private readonly long? count;
    private readonly Random? random;
    private double expected;
    private long taken;

    private RateSchedule(double from, double to, double seconds, long? count, Random? random)
    {
        this.from = from;
        this.to = to;
        this.seconds = seconds;
        this.count = count;
        this.random = random;
        expected = random is null ? 0 : Gap();
    }

    public override long Length => (long)(seconds * 1e9);

    public override long ExpectedCount => count ?? (long)Math.Ceiling((from + to) / 2 * seconds);

    public static new RateSchedule For(LoadPhase phase, Arrivals arrivals, int seed)
    {
#pragma warning disable CA5394 // Arrivals need a repeatable generator, not a secret one.
        var random = arrivals == Arrivals.Poisson ? new Random(seed) : null;
#pragma warning restore CA5394
        return phase switch
        {
            LoadPhase.ConstantRate { Duration: { } duration } constant =>
                new((double)constant.Rate, (double)constant.Rate, duration.TotalSeconds, null, random),
            LoadPhase.ConstantRate constant =>
                new((double)constant.Rate, (double)constant.Rate, (double)(constant.Requests!.Value / constant.Rate), constant.Requests, random),
            LoadPhase.RateRamp ramp => new((double)ramp.From, (double)ramp.To, ramp.Duration.TotalSeconds, null, random),
            _ => throw new ArgumentException($"{phase} has no schedule: it is closed loop.", nameof(phase)),
        };
    }

    public override bool TryNext(out long offset)
    {
        var time = TimeOf(expected);
        offset = (long)Math.Round(time * 1e9);
        if (count is { } limit ? taken >= limit : time >= seconds)
        {
            return false;
        }

        taken++;
        expected = random is null ? taken : expected + Gap();
        return true;
    }

    // Solves from·t + (to − from)·t² / (2·seconds) = n for t, in the form that loses no digits when the slope is small.
    private double TimeOf(double n)
    {
        var slope = (to - from) / seconds;
        var root = from * from + 2 * slope * n;
        return n == 0 ? 0 : root < 0 ? double.PositiveInfinity : 2 * n / (from + Math.Sqrt(root));
    }

#pragma warning disable CA5394 // As above.
    private double Gap() => -Math.Log(1 - random!.NextDouble());
#pragma warning restore CA5394
}
