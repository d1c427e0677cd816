using System.Collections.Immutable;

namespace PerfAssert.Runs;

/// <summary>How requests were sent, every option resolved.</summary>
/// <param name="Expression">The load as its grammar prints it.</param>
/// <param name="WarmUpMs">Length of the warm-up; <see langword="null"/>: it was counted, or there was none.</param>
/// <param name="WarmUpRequests">Requests of the warm-up; <see langword="null"/>: it was timed, or there was none.</param>
/// <param name="Rounds">Measured passes that were planned.</param>
/// <param name="Arrivals">How open-loop arrivals were spread.</param>
/// <param name="RequestTimeoutMs">After how long a request counted as timed out.</param>
/// <param name="MaxInFlight">Requests in flight at most.</param>
/// <param name="Seed">Seed of arrivals and of each request's random numbers.</param>
/// <param name="MaxDurationMs">The longest the measured part could take; <see langword="null"/>: no limit.</param>
/// <param name="EarlyEnd">Whether the load could end when every budget was decided.</param>
/// <param name="Traces">The traces it replayed, in the order of its phases; <see langword="null"/>: none.</param>
internal sealed record RunLoad(
    string Expression,
    double? WarmUpMs,
    long? WarmUpRequests,
    int Rounds,
    Arrivals Arrivals,
    double RequestTimeoutMs,
    int MaxInFlight,
    int Seed,
    double? MaxDurationMs = null,
    bool EarlyEnd = false,
    ImmutableArray<RunTrace>? Traces = null);
