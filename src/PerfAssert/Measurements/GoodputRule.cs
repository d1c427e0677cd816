namespace PerfAssert.Measurements;

/// <summary>
/// What a good request must meet: the tightest absolute limit on each of these, in nanoseconds; infinity where there is none.
/// </summary>
/// <param name="Latency">Of the request's latency.</param>
/// <param name="TimeToFirstToken">Of its time to first token.</param>
/// <param name="TimePerOutputToken">Of its time per output token; a single token has none and meets it.</param>
internal sealed record GoodputRule(double Latency, double TimeToFirstToken, double TimePerOutputToken)
{
    /// <summary>Every successful request is good.</summary>
    public static GoodputRule None { get; } = new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
}
