using System.Net;
using System.Net.Sockets;
using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>Servers that fail in every way, and methods that hold the generator up. None of these tests may be green.</summary>
public sealed class BadServers(ScriptedServer server) : IClassFixture<ScriptedServer>
{
    [PerfFact]
    [Load("50 rps for 1 s", WarmUp = "0 s")]
    [Budget("p50 < 5 s")]
    public async Task Unreachable(PerfRequest request)
    {
        using var response = await server.Client.GetAsync(new Uri($"http://127.0.0.1:{ClosedPort.Value}/"), request.CancellationToken);
    }

    [PerfFact]
    [Load("50 rps for 1 s", WarmUp = "0 s")]
    [Budget("p50 < 5 s", "errors <= 100 %")]
    public Task OnlyErrors(PerfRequest request) => server.GetAsync("/error", request);

    [PerfFact]
    [Load("50 rps for 1 s", WarmUp = "0 s")]
    [Budget("p50 < 5 s")]
    public Task OnlyErrorsReturned(PerfRequest request) => server.Client.GetAsync(new Uri("/error", UriKind.Relative), request.CancellationToken);

    [PerfFact]
    [Load("200 rps for 5 s", WarmUp = "0 s", MaxDuration = "5 s")]
    [Budget("p50 < 1 s", "p99 < 1 s")]
    public Task Stalls(PerfRequest request) => server.GetAsync("/stall", request);

    [PerfFact]
    [Load("50 rps for 1 s", WarmUp = "0 s")]
    [Budget("p50 < 1 ms")]
    public void BlocksInVoid() => Thread.Sleep(20);

    [PerfFact]
    [Load("50 rps for 1 s", WarmUp = "0 s")]
    [Budget("p50 < 1 ms")]
    public Task BlocksBeforeItsTask()
    {
        Thread.Sleep(20);
        return Task.CompletedTask;
    }

    [PerfFact]
    [Load("20 requests by 10 users", WarmUp = "0 s", RequestTimeout = "200 ms")]
    [Budget("p50 < 5 s")]
    public Task IgnoresItsToken() => Task.Delay(TimeSpan.FromSeconds(20));

    private static class ClosedPort
    {
        public static int Value { get; } = Find();

        private static int Find()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}

/// <summary>A server of its own, because it does not survive.</summary>
public sealed class DyingServer(ScriptedServer server) : IClassFixture<ScriptedServer>
{
    [PerfFact]
    [Load("50 rps for 2 s", WarmUp = "0 s")]
    [Budget("p50 < 5 s")]
    public async Task DiesHalfWay(PerfRequest request)
    {
        if (request.Index == 50)
        {
            await server.DieAsync();
        }

        await server.AnswerAsync(1, request);
    }
}
