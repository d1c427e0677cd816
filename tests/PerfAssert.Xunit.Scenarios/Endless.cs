using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>A test to be stopped from outside, long before its end.</summary>
public sealed class Endless : IAsyncLifetime
{
    private static readonly TaskCompletionSource Running = new();
    private int requests;

    /// <summary>Completes when the load has begun.</summary>
    public static Task Begun => Running.Task;

    public Task InitializeAsync() => Task.CompletedTask;

    // Not Dispose: xunit leaves it out once a run is cancelled.
    public Task DisposeAsync()
    {
        EventLog.Write("endless disposed");
        return Task.CompletedTask;
    }

    [PerfFact]
    [Load("2 users for 1 min", WarmUp = "0 s")]
    [Budget("errors <= 0 %", "p50 < 20 s")]
    public Task Runs(PerfRequest request)
    {
        if (Interlocked.Increment(ref requests) == 20)
        {
            EventLog.Write("endless runs");
            Running.SetResult();
        }

        return Task.Delay(10, request.CancellationToken);
    }
}

/// <summary>With "stopOnFail", its failure cancels the run in the middle of another test's load.</summary>
public sealed class FailsBesideEndless
{
    [Fact]
    public async Task Fails()
    {
        await Endless.Begun.WaitAsync(TimeSpan.FromMinutes(4));
        Assert.Fail("on purpose");
    }
}

/// <summary>Blocks the threads of the pool for good, so that most of its requests wait for one when the time is over.</summary>
public sealed class EndlessBlocked
{
    private static readonly TaskCompletionSource Never = new();

    [PerfFact(Timeout = 3_000)]
    [Load("500 rps for 1 min", WarmUp = "0 s")]
    [Budget("p50 < 20 s")]
    public Task Runs(PerfRequest request)
    {
        EventLog.Write("blocked begins");
        Never.Task.Wait(CancellationToken.None);
        return Task.FromResult(request.Index);
    }
}
