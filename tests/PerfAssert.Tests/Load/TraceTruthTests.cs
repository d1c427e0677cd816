using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Support;
using Scripted;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>A server in a process of its own sees the arrivals when the trace says.</summary>
[Collection("Timing")]
public sealed class TraceTruthTests
{
    [Fact]
    public async Task A_server_sees_the_arrivals_at_the_offsets_of_the_trace()
    {
        // Two bursts and a lonely one, twice as fast, and a steady phase behind.
        double[] recorded = [0, 0, 0, 600, 600, 1_400, 1_900];
        var trace = new ArrivalTrace();
        foreach (var offset in recorded)
        {
            trace.Add((long)(offset * 1e6));
        }

        await using var server = await ScriptedServerProcess.StartAsync("--service", "none");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.GetStringAsync(server.Url)));
        await server.ResetAsync();

        var plan = Loads.Plan(new LoadPhase.Trace("x", 2) { Recorded = trace }, Loads.Rate(10, 0.5));
        var measured = await Loads.MeasureAsync(plan, request => client.GetStringAsync(server.Url, request.CancellationToken));

        // The phase behind begins a mean gap after the last arrival.
        double[] expected = [.. recorded.Select(offset => offset / 2), .. Enumerable.Range(0, 5).Select(i => (1_900 + (1_900 / 6d)) / 2 + (i * 100))];
        var arrived = (await server.ReadLogAsync()).Arrived.Order().Select(at => at / 1e6).ToArray();
        measured.Rounds.Single().Succeeded.Should().Be(expected.Length);
        arrived.Should().HaveCount(expected.Length);

        // Whatever the machine makes late is late by itself: the median tells of the schedule.
        var off = arrived.Zip(expected, (seen, due) => seen - arrived[0] - due).Order().ToArray();
        off[off.Length / 2].Should().BeInRange(-40, 40);
        measured.Rounds.Single().Scheduled.Should().Be(expected.Length);
        measured.Rounds.Single().ScheduledSpan.TotalMilliseconds.Should().BeApproximately(expected[^1] + 100, 1);
    }

    [Fact]
    public async Task Each_round_replays_the_trace_and_the_warm_up_has_its_mean_rate()
    {
        var trace = new ArrivalTrace();
        for (var i = 0; i < 20; i++)
        {
            trace.Add(i * 10_000_000L);
        }

        var plan = Loads.Plan(new LoadPhase.Trace("x", 1) { Recorded = trace }) with { Rounds = 2, WarmUp = WarmUp.Parse("100 ms") };
        var measured = await Loads.MeasureAsync(plan, _ => Task.CompletedTask);

        measured.Rounds.Select(round => round.Succeeded).Should().Equal(20, 20);
        measured.WarmUpRequests.Should().Be(10);
        measured.OpenLoop.Should().BeTrue();
    }
}
