using FluentAssertions;
using HdrHistogram;
using PerfAssert.Load;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>What the engine reports, held against the server's own log.</summary>
[Collection("Timing")]
public sealed class TruthTests
{
    // Server, client and the rest of the suite share the machine's cores here; benchmarks hold the engine to 200 µs.
    private const double Overhead = 3;

    public static TheoryData<string> Scripts => ["constant", "log-normal", "bimodal"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Percentiles_are_the_servers_own_plus_a_small_overhead(string script)
    {
        await using var server = await ScriptedServer.StartAsync(index => Task.Delay(TimeSpan.FromMilliseconds(Delay(script, index))));
        var plan = Loads.Plan(Loads.Rate(100, 4));
        await Loads.MeasureAsync(plan with { Expression = new LoadExpression([Loads.Rate(100, 1)]) }, server.GetAsync);
        server.ClearLog();

        var measured = await Loads.MeasureAsync(plan, server.GetAsync);

        var truth = server.Log.Order().ToArray();
        truth.Should().HaveCount(400);
        var latency = measured.Rounds.Single().Latency;
        latency.TotalCount.Should().Be(400);
        foreach (var percentile in new[] { 10, 50, 90 })
        {
            var expected = truth[(int)(percentile / 100.0 * (truth.Length - 1))];
            (latency.GetValueAtPercentile(percentile) / 1e6).Should().BeInRange(
                (expected * 0.99) - 0.2, (expected * 1.01) + Overhead, $"p{percentile} of {script}");
        }
    }

    [Fact]
    public async Task A_stalled_server_shows_in_an_open_loop_and_hides_in_a_closed_one()
    {
        await using var server = await ScriptedServer.StartAsync(StallFrom(0.5, 1));

        var open = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(200, 3)), server.GetAsync);

        // 200 of 600 arrivals are due in the stall: by the schedule, the latency's p90 is about 0.7 s.
        var latency = open.Rounds.Single().Latency;
        (latency.GetMaxValue() / 1e6).Should().BeInRange(950, 1150);
        (latency.GetValueAtPercentile(90) / 1e6).Should().BeInRange(600, 850);
        open.OpenLoop.Should().BeTrue();

        await using var again = await ScriptedServer.StartAsync(StallFrom(0.5, 1));
        var closed = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.ConstantUsers(1, TimeSpan.FromSeconds(3), null)), again.GetAsync);

        closed.OpenLoop.Should().BeFalse();
        (closed.Rounds.Single().Latency.GetValueAtPercentile(90) / 1e6).Should().BeLessThan(100);
    }

    [Fact]
    public async Task The_offered_rate_is_kept_and_no_arrival_is_lost()
    {
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(1000, 5)), _ => Task.CompletedTask);

        var round = measured.Rounds.Single();
        round.Requests.Should().Be(5000);
        (round.Requests / round.Span.TotalSeconds).Should().BeApproximately(1000, 10);
    }

    [Fact]
    public async Task A_server_that_dies_half_way_gives_failures_with_their_cause()
    {
        var server = await ScriptedServer.StartAsync(_ => Task.Delay(5));
        var measuring = Loads.MeasureAsync(Loads.Plan(Loads.Rate(50, 2)), server.GetAsync);
        await Task.Delay(1000);
        await server.DisposeAsync();

        var round = (await measuring).Rounds.Single();
        round.Succeeded.Should().BeGreaterThan(10);
        round.Failed.Should().BeGreaterThan(10);
        round.Requests.Should().Be(100);
        round.Errors.Should().NotBeEmpty();
    }

    private static Func<long, Task> StallFrom(double start, double length)
    {
        var began = 0L;
        return _ =>
        {
            Interlocked.CompareExchange(ref began, LoadClock.System.Now, 0);
            var now = (LoadClock.System.Now - began) / 1e9;
            return now >= start && now < start + length ? Task.Delay(TimeSpan.FromSeconds(start + length - now)) : Task.CompletedTask;
        };
    }

    private static double Delay(string script, long index)
    {
        var random = new RequestRandom();
        random.Reseed(3, index);
        return script switch
        {
            "constant" => 20,
            "log-normal" => 15 * Math.Exp(0.5 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())),
            _ => random.NextDouble() < 0.8 ? 10 : 60,
        };
    }
}
