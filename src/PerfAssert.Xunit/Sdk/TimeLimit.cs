namespace PerfAssert.Xunit.Sdk;

/// <summary>Cancels a test when its time is over, on a thread of its own: a timer waits for one of the pool's, which the test itself may keep.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly ManualResetEventSlim ended = new();
    private readonly Thread thread;

    private TimeLimit(int milliseconds, CancellationTokenSource stop) =>
        thread = new Thread(() =>
        {
            if (!ended.Wait(milliseconds))
            {
                stop.Cancel();
            }
        })
        { IsBackground = true, Name = "PerfAssert time limit" };

    public static TimeLimit Start(int milliseconds, CancellationTokenSource stop)
    {
        var limit = new TimeLimit(milliseconds, stop);
        limit.thread.UnsafeStart();
        return limit;
    }

    public void Dispose()
    {
        ended.Set();
        thread.Join();
        ended.Dispose();
    }
}
