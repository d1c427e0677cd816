using System.Diagnostics;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

[Collection("Timing")]
public sealed class HealthMonitorTests
{
    [TimingFact]
    public async Task A_ramp_up_and_the_wait_for_the_last_answer_are_not_watched()
    {
        var plan = Loads.Plan(new LoadPhase.RateRamp(10, 50, TimeSpan.FromSeconds(1)), Loads.Rate(50, 1));

        var measured = await Loads.MeasureAsync(plan, request => Task.Delay(1000, request.CancellationToken));

        measured.Health.Elapsed.TotalSeconds.Should().BeInRange(0.9, 1.3, "of three seconds, one is measured");
    }

    [TimingFact]
    public async Task Users_are_watched_while_they_send()
    {
        var plan = Loads.Plan(new LoadPhase.ConstantUsers(2, TimeSpan.FromSeconds(1), null));

        var measured = await Loads.MeasureAsync(plan, request => Task.Delay(600, request.CancellationToken));

        measured.Health.Elapsed.TotalSeconds.Should().BeInRange(0.9, 1.15, "the last answers come at 1.2 s");
    }

    [TimingFact]
    public async Task A_load_shorter_than_a_probe_is_watched_whole()
    {
        var measured = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(1, 1)), _ => Task.CompletedTask);

        measured.Health.Elapsed.Should().BePositive();
        measured.Health.ProcessorTime.Should().BePositive();
    }

    [TimingFact]
    public async Task What_this_process_uses_is_not_idle_though_its_load_keeps_step_with_the_kernels_ticks()
    {
        // All cores are at work for a quarter of every 4 ms: ticks every 4 ms find them so always or, at most starts, never.
        var idle = new List<double?>();
        for (var i = 0; i < 5; i++)
        {
            var measured = await Loads.MeasureAsync(
                Loads.Plan(Loads.Rate(250, 1)), _ => Task.Run(() => Parallel.For(0, Environment.ProcessorCount, _ => Spin())));
            idle.Add(measured.Health.CoresIdle);
            (measured.Health.CoresIdle.GetValueOrDefault() + measured.Health.ProcessorShare).Should().BeLessThan(1.05);
        }

        (idle.Max() is null or > 0).Should().BeTrue("three quarters of the time are nobody's");

        static void Spin()
        {
            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since).TotalMilliseconds < 1;)
            {
            }
        }
    }

    [Fact]
    public void Shares_of_the_cores_are_of_the_time_of_all_of_them_and_of_all_that_was_measured()
    {
        var monitor = new HealthMonitor(LoadClock.System);

        monitor.Add(Reading(0, null), Reading(10, null));
        monitor.Read().Should().Match<GeneratorHealth>(health => health.CoresIdle == null && health.CoresStolen == null);
        monitor.Add(Reading(10, Usage(1, 2)), Reading(14, Usage(5, 3)));
        monitor.Add(Reading(20, Usage(6, 4)), Reading(26, Usage(6, 6)));

        (monitor.Read().CoresIdle, monitor.Read().CoresStolen).Should().Be((0.2, 0.15));

        static CoreUsage Usage(double idle, double stolen) =>
            new(new Dictionary<string, long>(), TimeSpan.FromSeconds(idle), TimeSpan.FromSeconds(stolen), 2, null);

        static HealthReading Reading(long seconds, CoreUsage? usage) => new(seconds * 1_000_000_000, TimeSpan.Zero, TimeSpan.Zero, 0, usage);
    }

    [TimingFact]
    public async Task While_one_probe_waits_for_a_thread_those_that_would_have_come_count_as_well()
    {
        // All threads of the pool are kept for a second or more of three.
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(10, 3)), request =>
        {
            if (request.Index == 5)
            {
                for (var i = 0; i < 40; i++)
                {
                    ThreadPool.QueueUserWorkItem(_ => Thread.Sleep(150));
                }
            }

            return Task.CompletedTask;
        });

        var delays = measured.Health.ThreadPoolDelays;
        delays.GetValueAtPercentile(85).Should().BeGreaterThan(100_000_000, "a fifth of the time or more nothing was taken from the queue");
    }
}
