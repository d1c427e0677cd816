namespace PerfAssert.Xunit.Scenarios;

/// <summary>A percentile that a hundred requests cannot show.</summary>
public sealed class NeedsSamples
{
    [PerfFact]
    [Load("100 requests by 10 users", WarmUp = "0 s")]
    [Budget("p99.9 < 5 s")]
    public Task Unprovable() => Task.Delay(1);
}
