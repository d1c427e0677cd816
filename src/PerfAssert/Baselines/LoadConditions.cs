using System.Globalization;
using PerfAssert.Load;

namespace PerfAssert.Baselines;

/// <summary>The parts of a load that two runs must share to be compared.</summary>
/// <param name="Expression">The load as its grammar prints it.</param>
/// <param name="WarmUp">What was sent before, as text.</param>
/// <param name="Rounds">Measured passes.</param>
/// <param name="Arrivals">How open-loop arrivals were spread.</param>
/// <param name="RequestTimeoutMs">After how many milliseconds a request counted as timed out.</param>
/// <param name="MaxInFlight">Requests in flight at most.</param>
/// <param name="Seed">Seed of arrivals and of each request's random numbers.</param>
internal sealed record LoadConditions(
    string Expression, string WarmUp, int Rounds, Arrivals Arrivals, double RequestTimeoutMs, int MaxInFlight, int Seed)
{
    public static LoadConditions Of(LoadPlan load) => new(
        load.Expression.ToString(),
        WarmUpText(load.WarmUp),
        load.Rounds,
        load.Arrivals,
        load.RequestTimeout.TotalMilliseconds,
        load.MaxInFlight,
        load.Seed);

    /// <summary>A warm-up of a length, of a number of requests, or none.</summary>
    private static string WarmUpText(WarmUp warmUp) => (warmUp.Duration, warmUp.Requests) switch
    {
        ({ } time, _) => time.TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture) + " ms",
        (_, { } count) => count.ToString(CultureInfo.InvariantCulture) + " requests",
        _ => "none",
    };
}
