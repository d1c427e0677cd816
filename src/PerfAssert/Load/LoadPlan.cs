namespace PerfAssert.Load;

/// <summary>The load of one test with every option resolved.</summary>
/// <param name="Expression">The phases.</param>
/// <param name="WarmUp">What is sent before the measured rounds; see <see cref="WarmUp"/>.</param>
/// <param name="Rounds">Measured passes, 1 to 100.</param>
/// <param name="Arrivals">How open-loop arrivals are spread.</param>
/// <param name="RequestTimeout">After how long a request counts as timed out.</param>
/// <param name="MaxInFlight">Requests in flight at most.</param>
/// <param name="Seed">Seed of arrivals and of each request's random numbers.</param>
/// <param name="MaxDuration">The longest the measured part may take, repeated rounds included; <see langword="null"/>: as long as they take.</param>
/// <param name="EarlyEnd">Whether the load may end when every budget is decided.</param>
/// <param name="HasReference">Whether each round is measured for both versions.</param>
internal sealed record LoadPlan(
    LoadExpression Expression,
    WarmUp WarmUp,
    int Rounds,
    Arrivals Arrivals,
    TimeSpan RequestTimeout,
    int MaxInFlight,
    int Seed,
    TimeSpan? MaxDuration = null,
    bool EarlyEnd = true,
    bool HasReference = false)
{
    /// <summary>Versions that are measured.</summary>
    public int Variants => HasReference ? 2 : 1;

    /// <summary>
    /// What all rounds take at least of <see cref="MaxDuration"/>: the phases of known length, in each round from the first measured one on, with
    /// ramps behind it. Those that count requests take as long as the server makes them.
    /// </summary>
    public TimeSpan LeastDuration
    {
        get
        {
            var phases = Expression.Phases;
            return Variants * Rounds * TimeSpan.FromTicks(
                phases.SkipWhile(phase => !PassSettings.IsMeasured(phase, phases)).Sum(phase => phase.Length?.Ticks ?? 0));
        }
    }
}
