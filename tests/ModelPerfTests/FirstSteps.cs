using PerfAssert;
using Xunit;

namespace ModelPerfTests;

/// <summary>The beginner's exercise: a hundred requests one after the other, then by ten users; average, P95 and P99 in a table.</summary>
[Collection("sentiment server")]
public sealed class FirstSteps(SentimentServer server)
{
    [PerfFact]
    [Load("100 requests")]
    [Budget("mean < 150 ms", "p95 < 250 ms", "p99 < 500 ms")]
    public Task One_after_the_other(PerfRequest request) =>
        server.ClassifyAsync(Texts.Next(request), request.CancellationToken);

    [PerfFact]
    [Load("100 requests by 10 users")]
    [Budget("mean < 400 ms", "p95 < 800 ms", "p99 < 1.5 s")]
    public Task By_ten_users(PerfRequest request) =>
        server.ClassifyAsync(Texts.Next(request), request.CancellationToken);
}
