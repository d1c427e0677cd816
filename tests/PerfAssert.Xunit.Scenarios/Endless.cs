namespace PerfAssert.Xunit.Scenarios;

/// <summary>A test to be stopped from outside.</summary>
public sealed class Endless : IDisposable
{
    private int requests;

    public void Dispose() => EventLog.Write("endless disposed");

    [PerfFact]
    [Load("2 users for 5 min", WarmUp = "0 s")]
    [Budget("errors <= 0 %")]
    public Task Runs(PerfRequest request)
    {
        if (Interlocked.Increment(ref requests) == 20)
        {
            EventLog.Write("endless runs");
        }

        return Task.Delay(10, request.CancellationToken);
    }
}
