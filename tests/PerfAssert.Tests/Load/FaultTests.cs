using System.Buffers.Binary;
using System.Net.Sockets;
using FluentAssertions;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Judging;
using PerfAssert.Tests.Support;
using Scripted;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>What goes wrong during a run is counted once and named, and the run goes on.</summary>
[Collection("Timing")]
public sealed class FaultTests
{
    [Fact]
    public async Task Failures_of_a_ramp_that_is_not_measured_are_those_of_a_warm_up()
    {
        var measured = await Loads.MeasureAsync(
            Loads.Plan(new LoadPhase.RateRamp(50, 50, TimeSpan.FromMilliseconds(400)), Loads.Rate(50, 0.4)),
            request => request.Index < 5 || request.Index == 30 ? throw new InvalidOperationException("not up yet") : Task.CompletedTask);

        var round = measured.Rounds.Single();
        (measured.WarmUpRequests, measured.WarmUpFailures, round.Requests, round.Failed).Should().Be((20, 5, 20, 1));
        round.Errors.Should().ContainSingle().Which.Should().Match<ErrorGroup>(error => error.Count == 1 && error.FirstAt > TimeSpan.Zero);
    }

    [TimingFact]
    public async Task A_server_that_dies_and_comes_back_costs_the_requests_of_that_time_and_no_others()
    {
        var server = await ScriptedServerProcess.StartAsync("--service", "constant:2ms");
        var url = server.Url;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var measuring = Loads.MeasureAsync(Loads.Plan(Loads.Rate(100, 6)), async request =>
        {
            using var response = await http.GetAsync(url, request.CancellationToken);
        });
        await Task.Delay(1500);
        server.Kill();
        await Task.Delay(1000);
        await using var again = await ScriptedServerProcess.StartAsync("--service", "constant:2ms", "--port", $"{url.Port}");
        var round = (await measuring).Rounds.Single();
        await server.DisposeAsync();

        round.Requests.Should().Be(600);
        round.Failed.Should().BeInRange(80, 400, "it was gone for a second, and for as long as a process takes to start");
        (await again.ReadStatisticsAsync()).Requests.Should().BeGreaterThan(100, "the load went on when it was back");
        round.Succeeded.Should().Be(600 - round.Failed);
        round.Errors.Sum(error => error.Count).Should().Be(round.Failed);
        round.Errors.Should().Contain(error => error.Message.Contains("refused"));
    }

    [TimingFact]
    public async Task A_method_that_blocks_when_it_is_cancelled_is_left_behind_and_the_others_are_still_looked_after()
    {
        using var release = new ManualResetEventSlim();
        var plan = Loads.Plan(new LoadPhase.FixedRequests(6, 3)) with { RequestTimeout = TimeSpan.FromMilliseconds(200) };

        var measuring = Loads.MeasureAsync(plan, async request =>
        {
            request.CancellationToken.Register(() => release.Wait(TimeSpan.FromSeconds(60)));
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        });
        var round = (await measuring.WaitAsync(TimeSpan.FromSeconds(30))).Rounds.Single();
        release.Set();

        (round.TimedOut, round.Abandoned).Should().Be((6, 6));
    }

    [TimingFact]
    public Task A_failure_of_the_engine_itself_ends_the_run_and_what_is_in_flight() => EndsWhatIsInFlightAsync(Loads.Rate(100, 60));

    [TimingFact]
    public Task So_it_does_in_closed_loop() => EndsWhatIsInFlightAsync(new LoadPhase.ConstantUsers(20, TimeSpan.FromSeconds(60), null));

    private static async Task EndsWhatIsInFlightAsync(LoadPhase load)
    {
        var (running, cancelled) = (0, 0);
        var measuring = Loads.MeasureAsync(Loads.Plan(load), async request =>
        {
            if (request.Index == 19)
            {
                // No name: what cannot be recorded.
                request.Marks.AddRecord(null!, TimeSpan.Zero);
                return;
            }

            Interlocked.Increment(ref running);
            try
            {
                await Task.Delay(Timeout.Infinite, request.CancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref running);
                Interlocked.Increment(ref cancelled);
            }
        });

        await FluentActions.Awaiting(() => measuring.WaitAsync(TimeSpan.FromSeconds(10))).Should().ThrowAsync<ArgumentNullException>();
        (Volatile.Read(ref running), Volatile.Read(ref cancelled)).Should().Match<(int Running, int Cancelled)>(seen => seen.Running == 0 && seen.Cancelled >= 15);
    }

    [TimingFact]
    public async Task Running_out_of_local_ports_is_named_as_the_clients_own_doing()
    {
        await using var server = await ScriptedServerProcess.StartAsync();
        using var handler = new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero, ConnectCallback = OneOfTwoPorts };
        using var http = new HttpClient(handler);
        var measured = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(20, 1)), async request =>
        {
            using var response = await http.GetAsync(server.Url, request.CancellationToken);
        });

        var round = measured.Rounds.Single();
        round.Failed.Should().BeGreaterThan(10, "a closed connection keeps its port for a minute");
        round.Errors.Should().Contain(error => error.Message.Contains("no local port is free"));

        static async ValueTask<Stream> OneOfTwoPorts(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                // IP_LOCAL_PORT_RANGE, Linux 6.3: the highest and the lowest port this socket may take.
                const int InternetLevel = 0;
                const int LocalPortRange = 51;
                var range = new byte[4];
                BinaryPrimitives.WriteUInt16LittleEndian(range, 47_110);
                BinaryPrimitives.WriteUInt16LittleEndian(range.AsSpan(2), 47_111);
                socket.SetRawSocketOption(InternetLevel, LocalPortRange, range);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    [TimingFact]
    public async Task A_thread_pool_starved_by_the_test_method_is_found_and_named()
    {
        // 40 a second that block a pool thread for 0.5 s each need 20 threads; the pool has a few and adds two a second.
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(40, 3)), async request =>
        {
            await Task.Yield();
            Thread.Sleep(500);
        });

        Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), 600)), measured).InvalidReasons
            .Should().Contain(reason => reason.Contains("the thread pool is starved by blocking code in the test method"));
    }

    [TimingFact]
    public async Task Twenty_thousand_users_and_ten_million_requests_keep_memory_flat()
    {
        var method = RequestMethod.From((Func<PerfRequest, ValueTask>)(_ => default));
        await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(100_000, 20_000)), method);
        var few = await Allocated(100_000);
        var many = await Allocated(10_000_000);

        many.Should().BeLessThan(few + (8 << 20), "a hundred times the requests of the same users");

        async Task<long> Allocated(long requests)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var measured = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(requests, 20_000)), method);
            measured.Rounds.Single().Succeeded.Should().Be(requests);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }
}
