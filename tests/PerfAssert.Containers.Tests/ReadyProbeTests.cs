using FluentAssertions;
using PerfAssert.Clients;
using PerfAssert.Containers.Starting;
using PerfAssert.Containers.Tests.Support;
using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>What a starting server was asked last is known however the asking ended.</summary>
public sealed class ReadyProbeTests : FakeDocker
{
    [Fact]
    public async Task A_question_that_was_cancelled_is_the_last()
    {
        Server.Hangs("GET /health");
        using var probe = new ReadyProbe(new ClientOptions());
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await FluentActions.Awaiting(() => probe.GetAsync(new Uri($"http://127.0.0.1:{Server.Port}/health"), stop.Token))
            .Should().ThrowAsync<OperationCanceledException>();

        probe.Last.Should().Be($"GET http://127.0.0.1:{Server.Port}/health: no answer yet");
    }
}
