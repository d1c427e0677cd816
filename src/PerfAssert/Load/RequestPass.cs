using System.Diagnostics.CodeAnalysis;
using PerfAssert.Measurements;

namespace PerfAssert.Load;

/// <summary>One pass over a load's phases: what open and closed loop share. Keeps the requests in flight and records their ends.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle, so there is nothing to dispose, and late callers may still cancel it.")]
internal abstract class RequestPass
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private ConnectionWaits? waits;
    private readonly long timeout;
    private readonly CancellationTokenSource sending = new();
    private readonly CancellationTokenSource cutting = new();
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long requests;
    private long failures;
    private long abandoned;
    private long origin = long.MinValue;
    private long sliceOrigin;

    protected RequestPass(PassSettings settings)
    {
        Settings = settings;
        timeout = settings.RequestTimeout.Ticks * 100;
    }

    public PassSettings Settings { get; }

    public LoadClock Clock => Settings.Clock;

    public RequestMethod Method => Settings.Method;

    /// <summary>Failures of measured requests, and what their tokens' callbacks threw.</summary>
    public ErrorLog Errors { get; } = new();

    /// <summary>Where its requests run.</summary>
    public RequestSlots Slots { get; } = new();

    /// <summary>Finished requests, measured or not.</summary>
    public long Requests => Volatile.Read(ref requests);

    /// <summary>Failed ones among them.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Requests left behind because their method ignored its token.</summary>
    public long Abandoned => Volatile.Read(ref abandoned);

    /// <summary>Connections that HTTP clients of this process closed meanwhile.</summary>
    public long ConnectionsClosed => waits?.Closed ?? 0;

    /// <summary>When the measured part began.</summary>
    public long? Origin => Volatile.Read(ref origin) is var begun && begun == long.MinValue ? null : begun;

    /// <summary>How much of the measured phases' length has passed; zero in closed loop.</summary>
    public virtual TimeSpan ScheduledSpan => TimeSpan.Zero;

    /// <summary>Whether the first phase is measured.</summary>
    public bool BeginsMeasured => PassSettings.IsMeasured(Settings.Phases[0], Settings.Phases);

    /// <summary>Whether requests of a measured phase are being sent now.</summary>
    public abstract bool IsMeasuring { get; }

    /// <summary><see cref="PerfRequest.Index"/> that the next request would have.</summary>
    public abstract long NextIndex { get; }

    /// <summary>Arrivals the measured phases asked for; zero in closed loop.</summary>
    public long Scheduled { get; protected set; }

    /// <summary>Whether something was left to send when the load was ended.</summary>
    public bool CutShort { get; protected set; }

    /// <summary>The run is cut off: requests in flight are cancelled, those that were not started are dropped.</summary>
    public CancellationToken CutOff => cutting.Token;

    /// <summary>Nothing more is sent: cut off, or ended before its time by <see cref="EndSending"/>.</summary>
    protected CancellationToken SendingEnded => sending.Token;

    /// <summary>Whether the pacing thread runs test code, so that <see cref="WatchPacer"/> has to look often.</summary>
    public virtual bool PacerMayBeKept => false;

    /// <summary>How long the measured phases took, up to the end of their last request.</summary>
    /// <param name="lastEnd">When the last measured request ended.</param>
    public abstract TimeSpan SpanUntil(long lastEnd);

    /// <summary>Sends everything and waits until every request has ended, timed out or been left behind.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var cutOff = cancellationToken.UnsafeRegister(static pass => ((RequestPass)pass!).Cut(), this);
        using var floor = ThreadPoolFloor.Raise(Settings.Threads);
        using var listening = waits = ConnectionWaits.Listen();
        using var watch = RequestWatch.Start(this);
        try
        {
            StartPacer();
            await finished.Task.ConfigureAwait(false);
        }
        catch
        {
            // Nothing of it may run beside the next test.
            for (var left = 2 * RequestWatch.Grace; left > TimeSpan.Zero && Slots.InUse; left -= Pause)
            {
                await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Ends the load before its time; what is in flight is waited for and recorded.</summary>
    public void EndSending() => sending.Cancel();

    /// <summary>A failure of the engine itself, such as a thread that cannot be started: the test fails with it, and the run is cut off.</summary>
    public void Fault(Exception exception)
    {
        finished.TrySetException(exception);
        Cut();
    }

    /// <summary>Records the end of a request that returned in time, or just too late.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="seen">What was seen of it.</param>
    /// <param name="returned">When its method returned: that decides on the timeout, as the watch, which may have come first, knows no read lag.</param>
    /// <param name="failure">What it threw.</param>
    public void Record(RequestSlot slot, in Observation seen, long returned, Exception? failure)
    {
        if (returned - seen.Start >= timeout)
        {
            RecordTimeout(slot, seen with { End = seen.Start + timeout });
            return;
        }

        if (failure is OperationCanceledException && CutOff.IsCancellationRequested)
        {
            return;
        }

        var reason = failure is null ? slot.Request.Marks.FailReason : null;
        var failed = failure is not null || reason is not null;
        Count(failed);
        if (slot.Number.Position is not { } position)
        {
            return;
        }

        if (failure is not null)
        {
            Errors.Add(failure, SinceOrigin(seen.End));
        }
        else if (reason is not null)
        {
            Errors.Add("Fail", reason, SinceOrigin(seen.End));
        }

        var lane = Settings.Lanes.Enter();
        try
        {
            if (failed)
            {
                lane.Fail(seen);
            }
            else
            {
                lane.Succeed(seen, sliceOrigin, slot.Request.Marks, Settings.Goodput);
            }
        }
        finally
        {
            LaneSet.Exit(lane);
        }

        if (failed)
        {
            Settings.Trace.RecordFailure(position);
        }
        else
        {
            Settings.Trace.Record(position, seen.End - seen.Due);
        }
    }

    /// <summary>Records a timeout, at the timeout.</summary>
    public void RecordTimeout(RequestSlot slot, in Observation seen)
    {
        Count(failed: true);
        if (slot.Number.Position is not { } position)
        {
            return;
        }

        Errors.Add("Timeout", $"no answer within {Settings.RequestTimeout.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} s", SinceOrigin(seen.End));
        var lane = Settings.Lanes.Enter();
        lane.TimeOut(seen, slot.Request.Marks.FirstToken);
        LaneSet.Exit(lane);
        Settings.Trace.RecordTimeout(position);
    }

    public void Abandon(RequestSlot slot)
    {
        Interlocked.Increment(ref abandoned);
        Drop(slot);
    }

    /// <summary>The slot's request was not started, or left behind; the slot is lost.</summary>
    public void Drop(RequestSlot slot)
    {
        Slots.Remove(slot);
        Left(slot);
    }

    /// <summary>The request has ended and its slot is free.</summary>
    public abstract void Release(RequestSlot slot);

    /// <summary>Notices that the pacing thread is kept by the test method.</summary>
    public virtual void WatchPacer()
    {
    }

    /// <summary>Sends what the phases ask for; returns when nothing is left to send and nothing is in flight.</summary>
    /// <returns><see langword="false"/> when another pacing thread has taken over.</returns>
    protected abstract bool Send();

    /// <summary>A slot was lost.</summary>
    protected abstract void Left(RequestSlot slot);

    /// <summary>Nothing more is sent or in flight.</summary>
    protected virtual void Close()
    {
    }

    /// <summary>A measured phase begins.</summary>
    /// <param name="at">When, in nanoseconds.</param>
    /// <param name="before">How long the measured phases before it took: what lies between two of them has no completion slices.</param>
    protected void BeginMeasured(long at, long before)
    {
        Volatile.Write(ref sliceOrigin, at - before);
        if (origin == long.MinValue)
        {
            Volatile.Write(ref origin, at);
        }
    }

    protected void StartPacer() => LoadThread.Start(Pace, "PerfAssert pacer");

    private void Cut()
    {
        cutting.Cancel();
        EndSending();
    }

    private void Count(bool failed)
    {
        Interlocked.Increment(ref requests);
        if (failed)
        {
            Interlocked.Increment(ref failures);
        }
    }

    private TimeSpan SinceOrigin(long at) => origin == long.MinValue ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(0, at - origin) / 100);

    private void Pace()
    {
        try
        {
            Clock.PrepareThread();
            if (Send())
            {
                finished.TrySetResult();
            }
        }
        catch (Exception exception)
        {
            Fault(exception);
        }
    }
}
