using System.Net;

using FluentAssertions;

using Xunit;

namespace SentimentServer.Tests.Hosting;

public sealed class ShutdownTests
{
    [Fact]
    public async Task A_terminated_server_answers_the_request_in_flight_and_exits()
    {
        // Windows has no SIGTERM.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var server = await ServerProcess.StartAsync("--delay", "2 s");
        var request = server.Client.InferAsync("anything");
        await Task.Delay(500);

        server.Terminate();

        using var response = await request;
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await server.WaitForExitAsync()).Should().Be(0);
    }
}
