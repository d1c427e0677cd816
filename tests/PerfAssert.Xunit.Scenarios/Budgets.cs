using Xunit;
using Xunit.Abstractions;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>The plain cases: a budget that holds, one that breaks, and what the test itself has to say.</summary>
public sealed class Budgets(ScriptedServer server, ITestOutputHelper output) : IClassFixture<ScriptedServer>
{
    [PerfFact]
    [Load("100 rps for 2 s", WarmUp = "10 requests")]
    [Budget("p50 < 2 s", "errors < 1 %")]
    public Task Held(PerfRequest request) => server.AnswerAsync(5, request);

    [PerfFact]
    [Load("100 rps for 2 s", WarmUp = "10 requests")]
    [Budget("p50 < 2 ms", "p95 < 5 s")]
    public Task Broken(PerfRequest request) => server.AnswerAsync(30, request);

    [PerfFact]
    [Load("20 requests by 2 users")]
    [Budget("p50 < 5 s")]
    public async Task Talkative(PerfRequest request)
    {
        if (request.Index == 0)
        {
            output.WriteLine("a line of the test's own");
        }

        await server.AnswerAsync(1, request);
    }
}
