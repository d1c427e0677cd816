using System.Diagnostics;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>A schedule of 200/s against a server that answers 20/s: the pacing thread is behind and never waits for a moment to come.</summary>
[Collection("Timing")]
public sealed class OverloadTests
{
    private static readonly LoadPlan Plan = Loads.Plan(Loads.Rate(200, 60)) with { MaxInFlight = 2 };

    private int inFlight;
    private int most;

    [TimingFact]
    public async Task It_ends_at_its_longest_duration_and_what_was_sent_is_the_schedules_beginning()
    {
        var watch = Stopwatch.StartNew();

        var measured = await Loads.MeasureAsync(Plan with { MaxDuration = TimeSpan.FromSeconds(1) }, Answer);

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        measured.Ended.Should().Be(EarlyEnd.MaxDuration);
        var round = measured.Rounds.Single();
        round.Requests.Should().Be(round.Scheduled).And.BeInRange(8, 24);
        (round.Scheduled / round.ScheduledSpan.TotalSeconds).Should().BeApproximately(200, 20, "each arrival up to the end of the schedule was sent");
        (round.Requests / round.Span.TotalSeconds).Should().BeInRange(8, 24, "this is what the server answered");
        most.Should().Be(2);
    }

    [TimingFact]
    public async Task It_ends_when_it_is_cut_off_and_what_was_due_is_not_sent_all_at_once()
    {
        using var cutOff = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();

        var measured = await Loads.MeasureAsync(Plan, Answer, cutOff.Token);

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        measured.Aborted.Should().NotBeNull();
        most.Should().Be(2);
    }

    private async Task Answer(PerfRequest request)
    {
        var now = Interlocked.Increment(ref inFlight);
        most = Math.Max(most, now);
        try
        {
            await Task.Delay(100, request.CancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    [TimingFact]
    public async Task What_a_server_frees_at_once_was_all_kept_by_it_and_is_no_lateness_of_the_client()
    {
        // A batch: it answers all it has every 0.1 s. Ten places for 20 arrivals.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var batch = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = new CancellationTokenSource();
        var serving = ServeAsync();

        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(200, 2)) with { MaxInFlight = 10 }, _ => Volatile.Read(ref batch).Task);
        await end.CancelAsync();
        await serving;

        var round = measured.Rounds.Single();
        round.Requests.Should().Be(400);
        round.QueuedAtMaxInFlight.Should().BeGreaterThan(350, "the queue never empties");
        round.Lateness.GetValueAtPercentile(90).Should().BeLessThan(10_000_000, "a batch is sent as soon as there is room");
        round.Latency.GetValueAtPercentile(90).Should().BeGreaterThan(1_000_000_000);

        async Task ServeAsync()
        {
            try
            {
                while (await timer.WaitForNextTickAsync(end.Token))
                {
                    Interlocked.Exchange(ref batch, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
                }
            }
            catch (OperationCanceledException)
            {
                batch.SetResult();
            }
        }
    }
}
