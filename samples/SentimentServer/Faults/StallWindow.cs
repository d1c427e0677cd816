namespace SentimentServer.Faults;

/// <summary>One span of time, counted from the first infer request, in which the server answers nothing.</summary>
internal sealed class StallWindow(FaultOptions options, TimeProvider time)
{
    private const long NotStarted = 0;

    private long _start = NotStarted;

    /// <summary>The first call starts the clock; the others do nothing.</summary>
    public void StartClock() => Interlocked.CompareExchange(ref _start, time.GetTimestamp(), NotStarted);

    /// <summary>Completes at once outside the window, and at its end inside it.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var start = Volatile.Read(ref _start);
        if (start == NotStarted)
        {
            return Task.CompletedTask;
        }

        var elapsed = time.GetElapsedTime(start);
        var end = options.StallAfter + options.StallFor;
        return elapsed < options.StallAfter || elapsed >= end
            ? Task.CompletedTask
            : Task.Delay(end - elapsed, time, cancellationToken);
    }
}
