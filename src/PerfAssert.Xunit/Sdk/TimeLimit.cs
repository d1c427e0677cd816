namespace PerfAssert.Xunit.Sdk;

/// <summary>Cancels a test when its time is over, on a thread of its own: a timer waits for one of the pool's, which the test itself may keep.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly ManualResetEventSlim ended = new();
    private readonly Thread thread;

    private TimeLimit(int milliseconds, CancellationTokenSource stop) =>
        thread = new Thread(() =>
        {
            try
            {
                if (!ended.Wait(milliseconds))
                {
                    stop.Cancel();
                }
            }
            catch (AggregateException)
            {
                // Of what the test registered for its cancellation; it is cancelled all the same.
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

        // What goes on when it is cancelled may go on here, up to the end of the test.
        if (Thread.CurrentThread != thread)
        {
            thread.Join();
        }

        ended.Dispose();
    }
}
