using System.Diagnostics;

using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Faults;

public sealed class DelayTests
{
    // Timers may fire a little early; they never make a test fail by firing late.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Every_infer_request_takes_at_least_the_delay()
    {
        await using var server = await ServerProcess.StartAsync("--delay", "300 ms");

        (await DurationsAsync(server, 3)).Should().OnlyContain(duration => duration > TimeSpan.FromMilliseconds(300) - s_slack);
    }

    [Fact]
    public async Task A_share_of_the_requests_takes_the_delay()
    {
        await using var server = await ServerProcess.StartAsync("--delay", "1.5 s", "--delay-share", "0.4", "--seed", "3");

        var durations = (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DurationsAsync(server, 2)))).SelectMany(each => each).ToList();

        durations.Should().Contain(duration => duration > TimeSpan.FromSeconds(1.5) - s_slack);
        durations.Should().Contain(duration => duration < TimeSpan.FromSeconds(0.75));
    }

    [Fact]
    public async Task Delays_run_side_by_side()
    {
        await using var server = await ServerProcess.StartAsync("--delay", "2 s");

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DurationsAsync(server, 1)));

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(8 * 2));
    }

    private static async Task<TimeSpan[]> DurationsAsync(ServerProcess server, int requests)
    {
        var durations = new TimeSpan[requests];
        for (var i = 0; i < requests; i++)
        {
            var clock = Stopwatch.StartNew();
            using var response = await server.Client.InferAsync("anything");
            durations[i] = clock.Elapsed;
            response.EnsureSuccessStatusCode();
        }

        return durations;
    }
}
