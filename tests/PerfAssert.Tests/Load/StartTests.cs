using System.Collections.Concurrent;
using System.Diagnostics;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>Who starts a request, and what a slow beginning of the test method does to the arrivals behind it.</summary>
[Collection("Timing")]
public sealed class StartTests
{
    [TimingFact]
    public async Task Short_beginnings_run_on_the_pacing_thread_and_need_no_other()
    {
        var threads = new ConcurrentDictionary<string, int>();
        await Loads.MeasureAsync(Loads.Plan(Loads.Rate(200, 2)), _ =>
        {
            threads.AddOrUpdate(Thread.CurrentThread.Name ?? "pool", 1, (_, count) => count + 1);
            return Task.Delay(1);
        });

        threads.GetValueOrDefault("PerfAssert pacer").Should().BeGreaterThan(200, "a busy machine may hand some over");
    }

    [TimingFact]
    public async Task A_beginning_that_blocks_loses_the_pacing_thread_and_delays_few_arrivals()
    {
        using var never = new ManualResetEventSlim();
        var sent = 0;
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(200, 2)) with { RequestTimeout = TimeSpan.FromSeconds(1) }, request =>
        {
            Interlocked.Increment(ref sent);
            if (request.Index == 50)
            {
                never.Wait();
            }

            return Task.CompletedTask;
        });

        var round = measured.Rounds.Single();
        never.Set();
        (sent, round.Succeeded, round.TimedOut, round.Abandoned).Should().Be((400, 399, 1, 1));
        (round.SendLag.GetValueAtPercentile(90) / 1e6).Should().BeLessThan(20, "another thread goes on after 10 ms");
        round.SendLag.TotalCount.Should().Be(400);
    }

    [TimingFact]
    public async Task Requests_are_handed_over_until_a_beginning_that_blocked_is_back()
    {
        var byPool = new ConcurrentDictionary<long, bool>();
        await Loads.MeasureAsync(Loads.Plan(Loads.Rate(200, 2)), request =>
        {
            byPool[request.Index] = Thread.CurrentThread.IsThreadPoolThread;
            if (request.Index == 50)
            {
                Thread.Sleep(500);
            }

            return Task.CompletedTask;
        });

        byPool.Count(one => one is { Key: > 60 and < 140, Value: true }).Should().BeGreaterThan(70);
        byPool.Count(one => one is { Key: > 200, Value: false }).Should().BeGreaterThan(100, "a busy machine may hand some over");
    }

    [TimingFact]
    public async Task Heavy_work_in_the_beginning_is_handed_over_to_several_threads()
    {
        var threads = new ConcurrentDictionary<int, bool>();
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(30, 2)), request =>
        {
            threads[Environment.CurrentManagedThreadId] = true;
            Thread.Sleep(50);
            return Task.CompletedTask;
        });

        var round = measured.Rounds.Single();
        round.Succeeded.Should().Be(60);
        threads.Count.Should().BeGreaterThan(1, "30 a second of 50 ms are 1.5 at once");
        (round.SendLag.GetValueAtPercentile(50) / 1e6).Should().BeLessThan(20);
    }

    [Theory]
    [InlineData(200_000, 90_000, 100_000)]
    [InlineData(1_000_000_000, 490_000, 100_000)]
    public void Starts_that_are_short_against_the_gap_always_fit(long gap, long start, int starts) => Hands(gap, start, 1, starts).Should().BeNull();

    [Theory]
    [InlineData(200_000, 150_000, 20)]
    [InlineData(200_000, 1_000_000, 5)]
    [InlineData(2_000_000, 600_000, 50)]
    public void Starts_that_are_long_against_it_are_handed_over_soon(long gap, long start, int most) =>
        Hands(gap, start, 1, 1_000).Should().BeInRange(2, most);

    [Theory]
    [InlineData(1_900_000, 10_000, false)]
    [InlineData(1_900_000, 100, true)]
    [InlineData(300_000, 1_500, false)]
    [InlineData(300_000, 100, true)]
    public void A_long_start_once_in_a_while_is_a_reason_only_where_it_makes_a_p99_late(long start, int every, bool handsOver) =>
        (Hands(200_000, start, every, 100_000) is not null).Should().Be(handsOver, "at 5,000/s it delays {0} arrivals of {1}", start / 200_000.0, every);

    [Fact]
    public void A_bad_time_is_forgotten_within_some_thousand_starts()
    {
        var cost = new StartCost();
        cost.ArrivalsEvery(200_000);
        for (var i = 0; i < 100; i++)
        {
            cost.Observe(100_000_000);
        }

        var handedOver = 0;
        for (; !cost.Fits; handedOver++)
        {
            cost.Observe(20_000);
        }

        handedOver.Should().BeInRange(2_000, 5_000);
    }

    [Fact]
    public void The_first_start_compiles_the_method_and_tells_nothing()
    {
        var cost = new StartCost();
        cost.ArrivalsEvery(200_000);
        cost.Observe(100_000_000);
        cost.Fits.Should().BeTrue();
        cost.Observe(100_000_000);
        cost.Fits.Should().BeFalse();
    }

    // How many starts it takes until they are handed over, when every so-many-th is long; null: never.
    private static int? Hands(long gap, long start, int every, int starts)
    {
        var cost = new StartCost();
        cost.ArrivalsEvery(gap);
        for (var i = 1; i <= starts; i++)
        {
            cost.Observe(i % every == 0 ? start : 20_000);
            if (!cost.Fits)
            {
                return i;
            }
        }

        return null;
    }

    [TimingFact]
    public async Task Nothing_of_the_callers_context_flows_into_a_request_and_each_has_its_own()
    {
        var callers = new AsyncLocal<string> { Value = "the test's" };
        using var activity = new Activity("caller").Start();
        var seen = new ConcurrentBag<(string? Value, Activity? Activity, bool Own)>();
        await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(20, 4)), async request =>
        {
            var before = ReferenceEquals(RequestContext.Current, request);
            await Task.Delay(2);
            seen.Add((callers.Value, Activity.Current, before && ReferenceEquals(RequestContext.Current, request)));
            callers.Value = "a request's";
        });

        seen.Should().HaveCount(20).And.OnlyContain(one => one.Value == null && one.Activity == null && one.Own);
    }

    [TimingFact]
    public async Task A_thread_that_ends_a_request_goes_on_with_its_own_context()
    {
        var own = new AsyncLocal<string>();
        var answers = new TaskCompletionSource[] { new(), new() };
        var measuring = Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(2, 1)), request => answers[request.Index].Task);
        await Task.Delay(100);

        // The next request of the user is begun inside of this call.
        own.Value = "the client's";
        answers[0].SetResult();
        own.Value.Should().Be("the client's");

        answers[1].SetResult();
        (await measuring).Rounds.Single().Succeeded.Should().Be(2);
    }
}
