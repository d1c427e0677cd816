using PerfAssert;
using Xunit;

namespace ModelPerfTests;

/// <summary>Budgets on a real model endpoint under several loads.</summary>
[Collection("sentiment server")]
public sealed class SentimentEndpoint(SentimentServer server)
{
    [PerfFact]
    [Load("40 rps for 10 s", WarmUp = "2 s")]
    [Budget("p50 < 100 ms", "p95 < 400 ms", "errors < 2 %", "rps > 36")]
    public Task Steady(PerfRequest request) =>
        server.ClassifyAsync(Texts.Next(request), request.CancellationToken);

    [PerfFact]
    [Load("5 to 30 rps over 8 s", WarmUp = "1 s", Arrivals = Arrivals.Poisson)]
    [Budget("p50 < 200 ms", "p90 < 500 ms", "errors < 2 %")]
    public Task Ramp(PerfRequest request) =>
        server.ClassifyAsync(Texts.Next(request), request.CancellationToken);

    [PerfTheory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(64)]
    [Load("10 rps for 8 s", WarmUp = "1 s")]
    [Budget("p50 < 300 ms", "p90 < 800 ms")]
    public Task Text_length(PerfRequest request, int words) =>
        server.ClassifyAsync(Texts.Next(request, words), request.CancellationToken);

    /// <summary>$/request = instance $ per hour / (average requests per second × 3600); the price is in perf-budgets.json.</summary>
    [PerfFact]
    [Load("4 users for 6 s", WarmUp = "1 s")]
    [Budget("$/1k req < 0.002", "p95 < 800 ms")]
    public Task Cost_of_a_thousand_requests(PerfRequest request) =>
        server.ClassifyAsync(Texts.Next(request), request.CancellationToken);
}
