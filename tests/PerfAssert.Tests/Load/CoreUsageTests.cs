using System.Diagnostics;
using FluentAssertions;
using PerfAssert.Load;
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
        var threads = Enumerable.Range(0, 3 * Environment.ProcessorCount)
            .Select(_ => new Thread(Spin) { IsBackground = true, Name = "PerfAssert test" })
            .ToArray();
        Array.ForEach(threads, thread => thread.Start());
        await Task.Delay(200);
        var (before, watch) = (CoreUsage.Read()!, Stopwatch.StartNew());
        await Task.Delay(1000);
        var (after, elapsed) = (CoreUsage.Read()!, watch.Elapsed);
        await stop.CancelAsync();
        Array.ForEach(threads, thread => thread.Join());

        // Three threads a core: each waits two thirds of the time, or longer where others want the core as well.
        after.WaitedSince(before).Should().BeGreaterThan(threads.Length * elapsed / 2);
        ((after.Idle - before.Idle) / (double)(after.All - before.All)).Should().BeLessThan(0.05);
        (after.All - before.All).Should().BeGreaterThan(50L * Environment.ProcessorCount);

        void Spin()
        {
            while (!stop.IsCancellationRequested)
            {
                Thread.SpinWait(100);
            }
        }
    }
}
