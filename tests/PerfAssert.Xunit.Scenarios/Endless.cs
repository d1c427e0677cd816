using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>A test to be stopped from outside.</summary>
public sealed class Endless : IDisposable
{
    private static readonly TaskCompletionSource Running = new();
    private int requests;

    /// <summary>Completes when the load has begun.</summary>
    public static Task Begun => Running.Task;

    public void Dispose() => EventLog.Write("endless disposed");

    [PerfFact]
    [Load("2 users for 5 min", WarmUp = "0 s")]
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
        await Endless.Begun;
        Assert.Fail("on purpose");
    }
}
