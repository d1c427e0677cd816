namespace PerfAssert.Load;

/// <summary>
/// Arrivals of a constant rate or a ramp. Arrival <c>k</c> is due when the expected number of arrivals Λ(t) reaches <c>k</c> (constant)
/// or the k-th event of a unit-rate Poisson process (Poisson): one formula for both.
/// </summary>
internal sealed class RateSchedule : ArrivalSchedule
{
    private const decimal NanosecondsPerSecond = 1_000_000_000;

    private readonly double from;
    private readonly double slope;
    private readonly long? count;
    private readonly Random? random;
    private double expected;
    private long taken;

    private RateSchedule(decimal from, decimal to, long length, long? count, Random? random)
    {
        var seconds = length / NanosecondsPerSecond;
        this.from = (double)from;
        slope = (double)(to - from) / (double)seconds;
        this.count = count;
        this.random = random;
        Length = length;
        ExpectedCount = count ?? (long)Math.Min(long.MaxValue, decimal.Ceiling((from + to) / 2 * seconds));
        expected = random is null ? 0 : Gap();
    }

    public override long Length { get; }

    public override long ExpectedCount { get; }

    public static new RateSchedule For(LoadPhase phase, Arrivals arrivals, int seed)
    {
#pragma warning disable CA5394 // Arrivals need a repeatable generator, not a secret one.
        var random = arrivals == Arrivals.Poisson ? new Random(seed) : null;
#pragma warning restore CA5394
        return phase switch
        {
            LoadPhase.ConstantRate { Duration: { } duration } constant => new(constant.Rate, constant.Rate, Nanoseconds(duration), null, random),
            LoadPhase.ConstantRate constant =>
                new(constant.Rate, constant.Rate, (long)Math.Round((double)(constant.Requests!.Value / constant.Rate) * 1e9), constant.Requests, random),
            LoadPhase.RateRamp ramp => new(ramp.From, ramp.To, Nanoseconds(ramp.Duration), null, random),
            _ => throw new ArgumentException($"{phase} has no schedule: it is closed loop.", nameof(phase)),
        };
    }

    public override bool TryNext(out long offset)
    {
        offset = (long)Math.Round(TimeOf(expected) * 1e9);

        // Arrivals that are not random are counted exactly: their times are rounded, and could fall on either side of the end.
        if (random is null || count is not null ? taken == ExpectedCount : offset >= Length)
        {
            return false;
        }

        // Random ones take as long as they take when they are counted; all others are before the end, by a fraction of a nanosecond too.
        offset = count is null ? Math.Min(offset, Length - 1) : offset;
        taken++;
        expected = random is null ? taken : expected + Gap();
        return true;
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * 100;

    // Solves from·t + slope·t² / 2 = n for t, in the form that loses no digits when the slope is small.
    private double TimeOf(double n)
    {
        var root = from * from + 2 * slope * n;
        return n == 0 ? 0 : root < 0 ? double.PositiveInfinity : 2 * n / (from + Math.Sqrt(root));
    }

#pragma warning disable CA5394 // As above.
    private double Gap() => -Math.Log(1 - random!.NextDouble());
#pragma warning restore CA5394
}
