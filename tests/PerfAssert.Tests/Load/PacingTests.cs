using System.Runtime.InteropServices;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>Ten minutes of load on a virtual clock: what the pacer waits for is the schedule itself, and nothing is slept.</summary>
public sealed partial class PacingTests
{
    [Fact]
    public async Task The_pacer_waits_for_every_point_of_the_absolute_grid_and_sends_once_for_each()
    {
        var clock = new VirtualClock();
        var plan = Loads.Plan(Loads.Rate(100, 600)) with { RequestTimeout = TimeSpan.FromHours(1) };
        var runner = new LoadRunner(plan, RequestMethod.From((Func<PerfRequest, ValueTask>)(_ => default)), GoodputRule.None, clock);

        await runner.MeasureAsync(null, CancellationToken.None);

        var waits = clock.Waits.ToArray();
        waits.Should().HaveCount(60_000);
        waits.Select(wait => wait - waits[0]).Should().Equal(Enumerable.Range(0, 60_000).Select(k => k * 10_000_000L));
        var round = runner.Read().Rounds.Single();
        (round.Requests, round.Scheduled, round.ScheduledSpan).Should().Be((60_000, 60_000, TimeSpan.FromMinutes(10)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_phase_begins_behind_the_last_random_arrival_of_the_one_before_it(int seed)
    {
        var clock = new VirtualClock();
        var plan = Loads.Plan(new LoadPhase.ConstantRate(100, null, 1000), new LoadPhase.ConstantRate(1000, null, 1000)) with { Arrivals = Arrivals.Poisson, Seed = seed };
        var runner = new LoadRunner(plan, RequestMethod.From((Func<PerfRequest, ValueTask>)(_ => default)), GoodputRule.None, clock);

        await runner.MeasureAsync(null, CancellationToken.None);

        clock.Waits.Should().BeInAscendingOrder().And.HaveCount(2000);
    }

    [Fact]
    public async Task A_failure_of_the_pacing_thread_is_the_tests_and_ends_nothing_else()
    {
        var runner = new LoadRunner(
            Loads.Plan(Loads.Rate(100, 600)), RequestMethod.From((Func<PerfRequest, ValueTask>)(_ => default)), GoodputRule.None, new BrokenClock());

        var measuring = () => runner.MeasureAsync(null, CancellationToken.None);

        await measuring.Should().ThrowAsync<InvalidOperationException>().WithMessage("no time today");
    }

    [Fact]
    public async Task A_failure_of_the_thread_that_watches_the_client_is_the_tests_and_ends_nothing_else()
    {
        var runner = new LoadRunner(
            Loads.Plan(Loads.Rate(100, 600)), RequestMethod.From((Func<PerfRequest, ValueTask>)(_ => default)), GoodputRule.None, new ClockThatFailsHealth());

        var measuring = () => runner.MeasureAsync(null, CancellationToken.None);

        await measuring.Should().ThrowAsync<InvalidOperationException>().WithMessage("nobody watches");
    }

    [Fact]
    public async Task So_is_a_failure_of_its_last_reading_when_the_load_has_ended()
    {
        // Compiled by then, a run of one request is over before the first reading under way.
        await Runner(LoadClock.System).MeasureAsync(null, CancellationToken.None);

        var measuring = () => Runner(new ClockThatFailsHealth()).MeasureAsync(null, CancellationToken.None);

        await measuring.Should().ThrowAsync<InvalidOperationException>().WithMessage("nobody watches");

        static LoadRunner Runner(LoadClock clock) => new(
            Loads.Plan(new LoadPhase.FixedRequests(1, 1)), RequestMethod.From((Func<PerfRequest, ValueTask>)(_ => default)), GoodputRule.None, clock);
    }

    private sealed class ClockThatFailsHealth : LoadClock
    {
        public override long Now => Thread.CurrentThread.Name == "PerfAssert health" ? throw new InvalidOperationException("nobody watches") : System.Now;

        public override bool WaitUntil(long due, CancellationToken cancellationToken) => System.WaitUntil(due, cancellationToken);
    }

    private sealed class BrokenClock : LoadClock
    {
        public override long Now => System.Now;

        public override bool WaitUntil(long due, CancellationToken cancellationToken) => throw new InvalidOperationException("no time today");
    }

    [Fact]
    public void Preparing_a_thread_leaves_its_priority_as_it_is()
    {
        var nice = 0;
        var thread = new Thread(() =>
        {
            // Of the calling thread alone.
            if (OperatingSystem.IsLinux() && SetPriority(0, 0, 5) == 0)
            {
                LoadClock.System.PrepareThread();
                nice = GetPriority(0, 0);
            }
        });
        thread.Start();
        thread.Join();

        nice.Should().Be(OperatingSystem.IsLinux() ? 5 : 0);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, int who);
}
