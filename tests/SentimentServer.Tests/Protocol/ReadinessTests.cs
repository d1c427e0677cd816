using System.Net;

using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Protocol;

public sealed class ReadinessTests
{
    private static readonly string[] s_readyPaths =
        ["/v2/health/ready", "/v2/models/sentiment/ready", "/v2/models/sentiment/versions/1/ready"];

    [Fact]
    public async Task The_server_is_live_before_it_is_ready_and_announces_itself_when_it_is()
    {
        await using var server = await ServerProcess.StartUnreadyAsync("--ready-after", "3 s");

        (await StatusAsync(server, "/v2/health/live")).Should().Be(HttpStatusCode.OK);
        foreach (var path in s_readyPaths)
        {
            (await StatusAsync(server, path)).Should().Be(HttpStatusCode.ServiceUnavailable, path);
        }

        using (var early = await server.Client.InferAsync("too early"))
        {
            early.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            (await early.ReadJsonAsync()).GetProperty("error").GetString().Should().Be("model 'sentiment' is not ready");
        }

        (await server.WaitUntilReadyAsync()).Should().Be(server.Client.BaseAddress);
        foreach (var path in s_readyPaths)
        {
            (await StatusAsync(server, path)).Should().Be(HttpStatusCode.OK, path);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess server, string path)
    {
        using var response = await server.Client.GetAsync(path);
        return response.StatusCode;
    }
}
