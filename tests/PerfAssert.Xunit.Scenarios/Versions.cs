using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>Says which version it was asked for.</summary>
public sealed class LoggedVersions : IVersionedEndpoint
{
    public string? NoReference => null;

    public Task<bool> SwitchToAsync(Variant variant, CancellationToken cancellationToken)
    {
        EventLog.Write($"switched to {variant}");
        return Task.FromResult(false);
    }
}

/// <summary>A class fixture that makes versions ready; the test need not know it.</summary>
public sealed class Versions(LoggedVersions versions) : IClassFixture<LoggedVersions>
{
    [PerfFact]
    [Load("10 requests", Rounds = 6)]
    [Budget("p50 < reference + 300 %", "p50 < 20 s")]
    public Task Compared(PerfRequest request) => Task.Delay(request.Variant == Variant.Candidate ? 5 : 6, request.CancellationToken);

    [PerfFact]
    [Load("100 requests")]
    [Budget("p50 < 20 s")]
    public Task Alone(PerfRequest request) => Task.Delay(versions is null ? 1 : 5, request.CancellationToken);
}
