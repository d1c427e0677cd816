namespace PerfAssert;

/// <summary>How the arrivals of an open-loop phase are spread over time.</summary>
public enum Arrivals
{
    /// <summary>Evenly spaced: arrival <c>k</c> is due at <c>start + k / rate</c>. The default.</summary>
    Constant,

    /// <summary>A Poisson process: exponential gaps, drawn from the load's seed. What independent users look like.</summary>
    Poisson,
}
