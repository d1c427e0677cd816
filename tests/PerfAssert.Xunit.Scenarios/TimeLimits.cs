namespace PerfAssert.Xunit.Scenarios;

/// <summary>Tests that would run for a minute were it not for their Timeout.</summary>
[Load("2 users for 60 s", WarmUp = "0 s")]
[Budget("errors <= 0 %", "p50 < 20 s")]
public sealed class TimeLimits : IDisposable
{
    private static int inFlight;

    public void Dispose() => EventLog.Write($"time limit reached with {Volatile.Read(ref inFlight)} in flight");

    [PerfFact(Timeout = 1000)]
    public async Task Asynchronous(PerfRequest request)
    {
        Interlocked.Increment(ref inFlight);
        try
        {
            await Task.Delay(10, request.CancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    [PerfFact(Timeout = 1000)]
    public void Blocking() => Thread.Sleep(10);

    [PerfFact(Timeout = 1000)]
    public Task IgnoringItsToken() => Task.Delay(TimeSpan.FromMinutes(1));

    [PerfFact(Timeout = 1000)]
    public void BlockingForLong() => Thread.Sleep(TimeSpan.FromMinutes(1));

    [PerfFact(Timeout = 60_000)]
    [Load("10 requests")]
    public Task WellBelow() => Task.Delay(1);
}
