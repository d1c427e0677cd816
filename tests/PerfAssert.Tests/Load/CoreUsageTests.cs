using System.Diagnostics;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Planning;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>What the cores did, seen beside threads that keep them all.</summary>
[Collection("Timing")]
public sealed class CoreUsageTests
{
    [TimingFact]
    public async Task Threads_that_share_a_core_wait_for_it_and_leave_it_no_idle_time()
    {
        if (!OperatingSystem.IsLinux())
        {
            CoreUsage.Read().Should().BeNull();
            return;
        }

        using var stop = new CancellationTokenSource();
        var threads = Enumerable.Range(0, 3 * Environment.ProcessorCount).Select(_ => LoadThread.Start(() => Spin(stop.Token), "PerfAssert test")).ToArray();
        await Task.Delay(200);
        var (before, watch) = (CoreUsage.Read()!, Stopwatch.StartNew());
        await Task.Delay(1000);
        var (after, elapsed) = (CoreUsage.Read()!, watch.Elapsed);

        // Three threads a core: each waits two thirds of the time, or longer where others want the core as well.
        after.WaitedSince(before).Should().BeGreaterThan(threads.Length * elapsed / 2);
        ((after.Idle - before.Idle) / (elapsed * after.Cores)).Should().BeLessThan(0.05);
        after.Cores.Should().Be(Environment.ProcessorCount);

        await stop.CancelAsync();
        Array.ForEach(threads, thread => thread.Join());
        await Task.Delay(200);

        // The threads are gone from the system, and what they waited is not.
        CoreUsage.Read()!.WaitedSince(before).Should().BeGreaterThan(threads.Length * elapsed / 2);

        static void Spin(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                Thread.SpinWait(100);
            }
        }
    }

    [Fact]
    public void A_system_that_does_not_tell_which_cores_are_allowed_leaves_their_idle_time_unknown()
    {
        using var folder = new TestFolder();
        folder.With("proc/self/status", "Name:\tdotnet\nThreads:\t2\n").With("proc/stat", "cpu0 9 9 9 9 9 9 9 9 0 0\n")
            .With("proc/self/task/7/comm", ".NET TP Worker\n").With("proc/self/task/7/schedstat", "10 300 2\n");

        var usage = CoreUsage.Read(folder.Root);

        if (OperatingSystem.IsLinux())
        {
            (usage!.Idle, usage.Cores, usage.Waits["7"]).Should().Be((TimeSpan.Zero, 0, 300));
        }
    }

    [Theory]
    [InlineData("cpu0 0 0 0 0 0 0 0 0 0 0\ncpu1 0 0 0 0 0 0 0 0 0 0\n", 0)]
    [InlineData("cpu0 7 0 0 0 0 0 0 0 0 0\ncpu1 0 0 0 0 0 0 0 0 0 0\n", 2)]
    public void A_system_that_counts_nothing_leaves_the_idle_time_of_its_cores_unknown(string counters, int cores)
    {
        using var folder = new TestFolder();
        folder.With("proc/self/status", "Cpus_allowed_list:\t0-1\n").With("proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0\n" + counters).With("proc/self/task/7/comm", "x\n");

        if (OperatingSystem.IsLinux())
        {
            CoreUsage.Read(folder.Root)!.Cores.Should().Be(cores);
        }
    }

    [Theory]
    [InlineData("50000 100000\n", 0, 0, 0)]
    [InlineData("max 100000\n", 90, 80, 1)]
    public void The_cores_of_a_machine_say_nothing_about_a_process_that_may_use_less_than_them(string quota, int idleMilliseconds, int stolenMilliseconds, int cores)
    {
        using var folder = new TestFolder();
        folder.With("proc/self/status", "Cpus_allowed_list:\t0\n").With("proc/stat", "cpu0 1 2 3 4 5 6 7 8 9 10\n").With("proc/self/task/7/comm", "x\n")
            .With("proc/self/cgroup", "0::/\n").With("sys/fs/cgroup/cpu.max", quota);

        if (OperatingSystem.IsLinux())
        {
            var usage = CoreUsage.Read(folder.Root)!;
            (usage.Idle.TotalMilliseconds, usage.Stolen.TotalMilliseconds, usage.Cores).Should().Be((idleMilliseconds, stolenMilliseconds, cores));
        }
    }
}
