using System.Net.Sockets;
using FluentAssertions;
using HdrHistogram;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Tests.Judging;
using PerfAssert.Tests.Support;
using Scripted;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>What the engine reports, held against the log of a scripted server in a process of its own.</summary>
[Collection("Timing")]
public sealed class TruthTests : IDisposable
{
    private const double Second = 1e9;
    private const double Millisecond = 1e6;

    // Other processes can only add to a latency: the undisturbed runs show what the engine itself adds.
    private const int Attempts = 8;

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("constant:120ms")]
    [InlineData("lognormal:150ms,0.3")]
    [InlineData("bimodal:120ms,300ms,0.15")] // No percentile that is looked at lies between the modes: one late request would move it by 180 ms.
    public async Task Every_percentile_up_to_p999_is_the_servers_own_within_one_percent_or_200_microseconds(string service)
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", service);
        var plan = Loads.Plan(Loads.Rate(250, 5)) with { WarmUp = new WarmUp(TimeSpan.FromSeconds(2), null) };
        Dictionary<double, string>? differences = null;
        for (var attempt = 0; attempt < Attempts && differences is not { Count: 0 }; attempt++)
        {
            var runner = new LoadRunner(plan, RequestMethod.From((Func<PerfRequest, Task>)Get(server)), PerfAssert.Measurements.GoodputRule.None, LoadClock.System);
            await runner.WarmUpAsync(CancellationToken.None);
            await server.ResetAsync();
            using var wakeUps = WakeUps.Watch(TimeSpan.FromMilliseconds(4));
            await runner.MeasureAsync(null, CancellationToken.None);
            var seen = Differences(runner.Read().Rounds.Single().Latency, Truth(await server.ReadLogAsync()), wakeUps);
            differences = differences is null ? seen : differences.Keys.Where(seen.ContainsKey).ToDictionary(percentile => percentile, percentile => seen[percentile]);
        }

        differences!.Values.Should().BeEmpty("each percentile's best of {0} runs is held against the server's log", Attempts);
    }

    [TimingFact]
    public async Task A_full_stall_is_in_the_open_loops_percentiles_as_the_schedule_says()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--stall", "5s,2s");
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(200, 10)), Get(server));

        // Arrival k is due k · 5 ms after the first; the 400 of the stall are answered at its end.
        var truth = Enumerable.Range(0, 2000).Select(k => k * 5.0).Select(due => due is >= 5000 and < 7000 ? 7000 - due : 0).Order().ToArray();
        var latency = measured.Rounds.Single().Latency;
        latency.TotalCount.Should().Be(2000);
        (latency.GetMaxValue() / Millisecond).Should().BeApproximately(truth[^1], 0.02 * truth[^1]);
        foreach (var percentile in new[] { 85.0, 90, 95, 99, 99.9 })
        {
            var expected = truth[(int)Math.Ceiling(percentile / 100 * 2000) - 1];

            // Hundreds of answers come at once at its end, and reading them takes the client some milliseconds.
            (latency.GetValueAtPercentile(percentile) / Millisecond).Should().BeApproximately(expected, Math.Max(20, 0.02 * expected), $"p{percentile}");
        }
    }

    [TimingFact]
    public async Task A_closed_loop_hides_the_same_stall_and_is_labelled_as_what_it_is()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "constant:5ms", "--stall", "1s,2s");
        var measured = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.ConstantUsers(1, TimeSpan.FromSeconds(5), null)), Get(server));

        (measured.Rounds.Single().Latency.GetValueAtPercentile(99) / Millisecond).Should().BeLessThan(100, "one request of some hundreds met the stall");
        measured.OpenLoop.Should().BeFalse();
        Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), 100)), measured).Warnings
            .Should().Contain(warning => warning.StartsWith("closed loop: latency is service time"));
    }

    [TimingFact]
    public async Task Poisson_arrivals_pass_a_goodness_of_fit_test_where_they_arrive()
    {
        await using var server = await ScriptedServerProcess.StartAsync();
        var plan = Loads.Plan(Loads.Rate(200, 10)) with { Arrivals = Arrivals.Poisson, WarmUp = new WarmUp(null, 50) };
        await Loads.MeasureAsync(plan, Get(server));

        var arrived = (await server.ReadLogAsync()).Arrived.Skip(50).Order().ToArray();
        var gaps = arrived.Zip(arrived.Skip(1), (a, b) => (b - a) / Second).Order().ToArray();

        // Kolmogorov–Smirnov against Exp(200), critical value at 0.1 %; the seed makes the schedule the same every time.
        var distance = gaps.Select((gap, i) => Math.Max(
            Math.Abs(((i + 1.0) / gaps.Length) - (1 - Math.Exp(-200 * gap))),
            Math.Abs(((double)i / gaps.Length) - (1 - Math.Exp(-200 * gap))))).Max();
        distance.Should().BeLessThan(1.95 / Math.Sqrt(gaps.Length));
    }

    [TimingFact]
    public async Task A_ramps_rate_is_right_at_every_second()
    {
        await using var server = await ScriptedServerProcess.StartAsync();
        await Get(server)(null);
        await server.ResetAsync();
        await Loads.MeasureAsync(Loads.Plan(new LoadPhase.RateRamp(0, 400, TimeSpan.FromSeconds(8))), Get(server));

        // Arrivals until t are 400 / 8 · t² / 2 = 25 t².
        var arrived = (await server.ReadLogAsync()).Arrived.Order().ToArray();
        arrived.Should().HaveCount(1600);
        for (var second = 1; second <= 8; second++)
        {
            var until = arrived.Count(at => at - arrived[0] < second * Second);
            ((double)until).Should().BeApproximately(25 * second * second, 4 + (0.01 * 25 * second * second), $"after {second} s");
        }
    }

    [TimingFact]
    public async Task Five_thousand_arrivals_a_second_lose_none()
    {
        await using var server = await ScriptedServerProcess.StartAsync();
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(5000, 10)), Get(server));

        var round = measured.Rounds.Single();
        (round.Scheduled, round.Succeeded, round.Failed).Should().Be((50_000, 50_000, 0));
        (await server.ReadStatisticsAsync()).Requests.Should().Be(50_000);
    }

    [TimingFact]
    public async Task Waiting_for_a_free_connection_is_send_lag_and_not_the_servers_time()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "constant:50ms");
        using var narrow = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 2 });

        // 60 a second, and two connections carry 40.
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(60, 3)), Get(server, narrow));

        var round = measured.Rounds.Single();
        (round.ServiceTime.GetValueAtPercentile(50) / Millisecond).Should().BeInRange(49.9, 55);
        (round.ServiceTime.GetValueAtPercentile(95) / Millisecond).Should().BeLessThan(70);
        (round.SendLag.GetValueAtPercentile(95) / Millisecond).Should().BeGreaterThan(1000);
        (round.Latency.GetMaxValue() / Millisecond).Should().BeApproximately(
            (round.SendLag.GetMaxValue() + (50 * Millisecond)) / Millisecond, 30, "latency is lag plus service time");
        (round.Lateness.GetValueAtPercentile(50) / Millisecond).Should().BeLessThan(20, "the engine itself was not late");
        Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), 200)), measured).InvalidReasons.Should().ContainSingle()
            .Which.Should().Contain("for a connection inside the test's own HTTP client").And.Contain("MaxConnectionsPerServer");
    }

    [TimingFact]
    public async Task Calls_of_one_request_that_wait_for_a_connection_at_the_same_time_leave_the_servers_time()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "constant:50ms");
        using var narrow = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 2 });
        var get = Get(server, narrow);

        // Eight calls over two connections: 150 ms until the last ones have theirs, 50 ms more until their answers.
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(3, 4)), request => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => get(request))));

        var round = measured.Rounds.Single();
        (round.ConnectionWait.GetValueAtPercentile(50) / Millisecond).Should().BeInRange(140, 200);
        (round.ServiceTime.GetValueAtPercentile(50) / Millisecond).Should().BeInRange(45, 80);
    }

    [TimingFact]
    public async Task A_client_that_connects_for_every_request_waits_for_the_connecting_and_is_not_called_client_bound()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "constant:5ms");
        using var connecting = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = Slowly });
        connecting.DefaultRequestHeaders.ConnectionClose = true;

        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(40, 3)), Get(server, connecting));

        var round = measured.Rounds.Single();
        (round.ConnectionWait.GetValueAtPercentile(50) / Millisecond).Should().BeGreaterThan(29);
        round.ConnectionsClosed.Should().BeGreaterThan(60);
        Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), 200)), measured).InvalidReasons.Should().BeEmpty();

        static async ValueTask<Stream> Slowly(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await Task.Delay(30, cancellationToken);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
    }

    private static Dictionary<double, string> Differences(HistogramBase latency, double[] truth, WakeUps wakeUps)
    {
        latency.TotalCount.Should().Be(truth.Length, "the server has seen as many");
        var differences = new Dictionary<double, string>();
        foreach (var percentile in new[] { 1.0, 5, 10, 25, 50, 75, 90, 95, 99, 99.9 })
        {
            var expected = truth[(int)Math.Ceiling(percentile / 100 * truth.Length) - 1];
            var seen = latency.GetValueAtPercentile(percentile);
            var allowed = Math.Max(Math.Max(0.01 * expected, 0.2 * Millisecond), wakeUps.OfARequest(percentile));
            if (Math.Abs(seen - expected) > allowed)
            {
                differences[percentile] = $"p{percentile}: {seen / Millisecond:0.000} ms, the server's own {expected / Millisecond:0.000} ms, allowed {allowed / Millisecond:0.000} ms";
            }
        }

        return differences;
    }

    private static double[] Truth(RequestStamps log) => [.. log.Answered.Zip(log.Arrived, (answered, arrived) => (double)(answered - arrived)).Order()];

    private Func<PerfRequest?, Task> Get(ScriptedServerProcess server, HttpClient? client = null) => async request =>
    {
        using var response = await (client ?? http).GetAsync(server.Url, request?.CancellationToken ?? default);
        response.EnsureSuccessStatusCode();
    };
}
