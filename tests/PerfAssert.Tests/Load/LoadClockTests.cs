using System.Diagnostics;
using FluentAssertions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>What every clock promises, on those that this system can run.</summary>
public sealed class LoadClockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, LoadClock> Known = Create().ToDictionary(clock => clock.GetType().Name);

    public static TheoryData<string> Clocks => [.. Known.Keys];

    [Fact]
    public void The_clock_of_this_system_is_among_them() => Known.Keys.Should().Contain(LoadClock.System.GetType().Name);

    [Theory]
    [MemberData(nameof(Clocks))]
    public void A_wait_never_ends_before_its_moment(string name)
    {
        var clock = Known[name];
        clock.PrepareThread();

        // Up to more than one piece of a wait that is cut into pieces of 50 ms.
        foreach (var wait in new[] { -1_000_000_000, 0, 1, 500, 20_000, 999_999, 2_500_000, 120_000_000 })
        {
            for (var time = 0; time < (wait < 1_000_000 ? 200 : 3); time++)
            {
                var due = clock.Now + wait;

                clock.WaitUntil(due, CancellationToken.None).Should().BeTrue();

                clock.Now.Should().BeGreaterThanOrEqualTo(due, "of {0} ns", wait);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task A_wait_that_is_cancelled_ends_soon_and_says_so(string name)
    {
        var clock = Known[name];
        using var cancelled = new CancellationTokenSource();
        var waiting = Task.Factory.StartNew(() => clock.WaitUntil(InAnHour(clock), cancelled.Token), TaskCreationOptions.LongRunning);
        await Task.Delay(100);
        waiting.IsCompleted.Should().BeFalse();

        await cancelled.CancelAsync();

        (await waiting.WaitAsync(Patience)).Should().BeFalse();
        clock.WaitUntil(InAnHour(clock), cancelled.Token).Should().BeFalse("it was cancelled before");
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public void It_never_goes_back_on_whichever_thread_it_is_read(string name)
    {
        var clock = Known[name];
        var last = long.MinValue;
        var backwards = 0;

        Parallel.For(0, 200_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            var before = Volatile.Read(ref last);
            var now = clock.Now;
            if (now < before)
            {
                Interlocked.Increment(ref backwards);
            }

            Volatile.Write(ref last, now);
        });

        backwards.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Clocks))]
    public void It_counts_nanoseconds(string name)
    {
        var clock = Known[name];
        var outer = Stopwatch.GetTimestamp();
        var start = clock.Now;
        var inner = Stopwatch.GetTimestamp();
        Thread.Sleep(20);
        var least = Stopwatch.GetElapsedTime(inner);
        var seen = clock.Now - start;
        var most = Stopwatch.GetElapsedTime(outer);

        seen.Should().BeInRange((long)least.TotalNanoseconds - 1_000, (long)most.TotalNanoseconds + 1_000);
    }

    private static long InAnHour(LoadClock clock) => clock.Now + 3_600_000_000_000;

    private static IEnumerable<LoadClock> Create()
    {
        yield return new HybridClock();
        if (OperatingSystem.IsLinux())
        {
            yield return new LinuxClock();
        }

        if (OperatingSystem.IsWindows() && WindowsClock.IsSupported)
        {
            yield return new WindowsClock();
        }
    }
}
