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

    [Fact]
    public void A_start_fits_while_the_recent_peak_is_small_against_the_gap()
    {
        var cost = new StartCost();
        cost.FitsInto(20).Should().BeTrue("nothing is known yet");

        cost.Observe(40_000);
        cost.FitsInto(80_000).Should().BeTrue();
        cost.FitsInto(79_000).Should().BeFalse();

        cost.Observe(1_000_000);
        cost.FitsInto(1_000_000_000).Should().BeFalse("an arrival that is 1 ms late is noticed, however seldom arrivals are");
        for (var i = 0; i < 300; i++)
        {
            cost.Observe(1_000);
        }

        cost.FitsInto(1_000_000_000).Should().BeTrue("the peak has halved");
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
