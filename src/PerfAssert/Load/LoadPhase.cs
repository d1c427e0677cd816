namespace PerfAssert.Load;

/// <summary>One phase of a load. Rates are requests per second; durations are positive.</summary>
internal abstract record LoadPhase
{
    private LoadPhase()
    {
    }

    /// <summary><c>N rps for T</c> or <c>N rps for N requests</c>: open loop. Exactly one of the two lengths is set.</summary>
    internal sealed record ConstantRate(decimal Rate, TimeSpan? Duration, long? Requests) : LoadPhase;

    /// <summary><c>N to N rps over T</c>: open loop, linear ramp.</summary>
    internal sealed record RateRamp(decimal From, decimal To, TimeSpan Duration) : LoadPhase;

    /// <summary><c>N users for T</c> or <c>N users for N requests</c>: closed loop. Exactly one of the two lengths is set.</summary>
    internal sealed record ConstantUsers(int Users, TimeSpan? Duration, long? Requests) : LoadPhase;

    /// <summary><c>N to N users over T</c>: closed loop, linear ramp.</summary>
    internal sealed record UserRamp(int From, int To, TimeSpan Duration) : LoadPhase;

    /// <summary><c>N requests [by N users]</c>: closed loop, a fixed count shared by the users; 1 user is sequential.</summary>
    internal sealed record FixedRequests(long Requests, int Users) : LoadPhase;
}
