using Xunit;
using Xunit.Abstractions;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>
/// The plain cases: a budget that holds, one that breaks, and what the test itself has to say. Limits are wide, because on a busy
/// machine the generator would be late by more than a narrow one allows, and the run invalid instead of met or broken.
/// </summary>
public sealed class Budgets(ScriptedServer server, ITestOutputHelper output) : IClassFixture<ScriptedServer>
{
    [PerfFact]
    [Load("50 rps for 2 s", WarmUp = "10 requests")]
    [Budget("p50 < 20 s", "errors < 10 %")]
    public Task Held(PerfRequest request) => server.AnswerAsync(5, request);

    [PerfFact]
    [Load("50 rps for 2 s", WarmUp = "10 requests")]
    [Budget("p50 < 1 s", "p90 < 20 s")]
    public Task Broken(PerfRequest request) => server.AnswerAsync(1200, request);

    [PerfFact]
    [Load("20 requests by 2 users")]
    [Budget("p50 < 20 s")]
    public async Task Talkative(PerfRequest request)
    {
        if (request.Index == 0)
        {
            output.WriteLine("a line of the test's own");
        }

        await server.AnswerAsync(1, request);
    }
}
