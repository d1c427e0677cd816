using System.Diagnostics;

using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Faults;

public sealed class StallTests
{
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Nothing_is_answered_in_the_stall_and_all_is_after_it()
    {
        await using var server = await ServerProcess.StartAsync("--stall-after", "1 s", "--stall-for", "4 s");
        var clock = Stopwatch.StartNew();
        (await server.Client.InferAsync("starts the clock")).EnsureSuccessStatusCode();

        // Into the middle of the window, so that a busy machine does not miss it.
        await Task.Delay(TimeSpan.FromSeconds(2));
        await Task.WhenAll(Answered("/v2/health/live"), Answered("/metrics"));

        (await server.Client.InferAsync("after the stall")).EnsureSuccessStatusCode();

        async Task Answered(string path)
        {
            using var response = await server.Client.GetAsync(path);
            response.EnsureSuccessStatusCode();
            clock.Elapsed.Should().BeGreaterThan(TimeSpan.FromSeconds(5) - s_slack, "{0} is asked for in the stall", path);
        }
    }

    [Fact]
    public async Task An_answer_that_becomes_ready_in_the_stall_waits_for_its_end()
    {
        await using var server = await ServerProcess.StartAsync("--stall-for", "1 s");

        var clock = Stopwatch.StartNew();
        (await server.Client.InferAsync("starts the clock and the stall")).EnsureSuccessStatusCode();

        clock.Elapsed.Should().BeGreaterThan(TimeSpan.FromSeconds(1) - s_slack);
    }
}
