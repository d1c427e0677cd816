using FluentAssertions;
using PerfAssert.Xunit.Sdk;
using Xunit;

namespace PerfAssert.Xunit.Tests;

public sealed class TimeLimitThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_test_that_ends_on_the_thread_that_cancels_it_does_not_wait_for_itself()
    {
        using var stop = new CancellationTokenSource();
        var disposed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TimeLimit? limit = null;
        var begun = new ManualResetEventSlim();
        stop.Token.Register(() =>
        {
            begun.Wait(Patience);
            limit!.Dispose();
            disposed.SetResult();
        });

        limit = TimeLimit.Start(1, stop);
        begun.Set();

        await disposed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task What_a_test_registers_for_its_cancellation_may_fail()
    {
        using var stop = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.Token.Register(() =>
        {
            cancelled.SetResult();
            throw new InvalidOperationException("on purpose: it must not end this process");
        });

        using (TimeLimit.Start(1, stop))
        {
            await cancelled.Task.WaitAsync(Patience);
        }

        stop.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public void A_test_that_ends_in_time_is_not_cancelled()
    {
        using var stop = new CancellationTokenSource();
        TimeLimit.Start(600_000, stop).Dispose();

        stop.IsCancellationRequested.Should().BeFalse();
    }
}
