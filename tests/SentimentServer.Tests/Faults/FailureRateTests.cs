using System.Net;

using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Faults;

public sealed class FailureRateTests
{
    [Fact]
    public async Task Every_infer_request_fails_at_rate_1_and_nothing_else_does()
    {
        await using var server = await ServerProcess.StartAsync("--failure-rate", "1");

        using var response = await server.Client.InferAsync("anything");

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"error":"injected failure (--failure-rate)"}""");
        (await server.Client.GetStringAsync("/metrics")).Should().Contain("sentiment_inference_failures_total{code=\"500\"} 1");
    }

    [Fact]
    public async Task The_seed_decides_which_requests_fail()
    {
        var first = await FailuresAsync("--failure-rate", "0.5", "--seed", "7");
        var again = await FailuresAsync("--failure-rate", "0.5", "--seed", "7", "--delay", "1 ms", "--delay-share", "0.5");
        var other = await FailuresAsync("--failure-rate", "0.5", "--seed", "8");

        first.Should().Contain(true).And.Contain(false);
        again.Should().Equal(first);
        other.Should().NotEqual(first);
    }

    private static async Task<bool[]> FailuresAsync(params string[] options)
    {
        await using var server = await ServerProcess.StartAsync(options);
        var failures = new bool[30];
        for (var i = 0; i < failures.Length; i++)
        {
            using var response = await server.Client.InferAsync("anything");
            failures[i] = !response.IsSuccessStatusCode;
        }

        return failures;
    }
}
