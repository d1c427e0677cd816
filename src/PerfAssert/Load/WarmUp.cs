using PerfAssert.Expressions;

namespace PerfAssert.Load;

/// <summary>What is sent before the measured rounds. At most one of the two is set; neither: no warm-up.</summary>
/// <param name="Duration">The load's first rate or users for this long.</param>
/// <param name="Requests">This many requests at the load's first rate or by its first users.</param>
internal sealed record WarmUp(TimeSpan? Duration, long? Requests)
{
    private const long MostDefaultRequests = 100;
    private const int Share = 10;

    private static readonly TimeSpan MostDefaultDuration = TimeSpan.FromSeconds(5);

    /// <summary>No warm-up.</summary>
    public static WarmUp None { get; } = new(null, null);

    /// <summary>Parses <c>5 s</c> or <c>20 requests</c>; zero of either is <see cref="None"/>.</summary>
    /// <exception cref="PerfExpressionException">It cannot be understood.</exception>
    public static WarmUp Parse(string? text) => LoadParser.ParseWarmUp(text);

    /// <summary>
    /// A tenth of the load, at most 5 s or 100 requests. It is sent the way the load begins, so it is measured like the first
    /// phase: in time when that has a duration, in requests when that has a count. Phases of the other sort do not add to it.
    /// </summary>
    public static WarmUp DefaultFor(LoadExpression load)
    {
        var lengths = load.Phases.Select(LengthOf).ToList();
        if (lengths[0].Requests is null)
        {
            var total = lengths.Aggregate(TimeSpan.Zero, (sum, length) => sum + (length.Duration ?? TimeSpan.Zero));
            var tenth = TimeSpan.FromTicks(Math.Max(1, total.Ticks / Share));
            return new WarmUp(tenth < MostDefaultDuration ? tenth : MostDefaultDuration, null);
        }

        var requests = lengths.Sum(length => length.Requests ?? 0);
        return new WarmUp(null, Math.Min(Math.Max(1, requests / Share), MostDefaultRequests));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Requests is { } requests
            ? Units.Format(requests, requests == 1 ? "request" : "requests")
            : Durations.Format(Duration ?? TimeSpan.Zero);

    private static (TimeSpan? Duration, long? Requests) LengthOf(LoadPhase phase) => phase switch
    {
        LoadPhase.ConstantRate constant => (constant.Duration, constant.Requests),
        LoadPhase.ConstantUsers constant => (constant.Duration, constant.Requests),
        LoadPhase.RateRamp ramp => (ramp.Duration, null),
        LoadPhase.UserRamp ramp => (ramp.Duration, null),
        LoadPhase.Trace trace => (trace.Duration, null),
        LoadPhase.FixedRequests count => (null, count.Requests),
        _ => throw new InvalidOperationException($"Unknown load phase {phase.GetType().Name}."),
    };
}
