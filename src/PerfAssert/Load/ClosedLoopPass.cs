using System.Diagnostics.CodeAnalysis;

namespace PerfAssert.Load;

/// <summary>Closed loop: a number of users, each waiting for its answer. Phases follow one another when the users of one are done.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A lightweight event holds no handle here, and late methods may still set it.")]
internal sealed class ClosedLoopPass : RequestPass
{
    private readonly ManualResetEventSlim usersDone = new();
    private Stretch stretch = Stretch.None;
    private long sendsUntil;
    private long taken;
    private long most;
    private long takenUnmeasured;
    private int active;

    public ClosedLoopPass(PassSettings settings)
        : base(settings)
    {
    }

    public override long NextIndex => Settings.FirstIndex + Volatile.Read(ref taken);

    public override bool IsMeasuring =>
        stretch is { Measured: true } now && Clock.Now < Volatile.Read(ref sendsUntil) && Volatile.Read(ref taken) < Volatile.Read(ref most)
        && !SendingEnded.IsCancellationRequested;

    // Whole phases take until their last answer; of the present one nobody knows yet.
    public override TimeSpan SpanUntil(long lastEnd)
    {
        var now = stretch;
        return TimeSpan.FromTicks((now.Before + (now.Measured ? Math.Max(0, lastEnd - now.Start) : 0)) / 100);
    }

    public bool TryTakeRequest(out RequestNumber number)
    {
        number = default;
        long before;
        do
        {
            before = Volatile.Read(ref taken);
            if (before >= Volatile.Read(ref most))
            {
                return false;
            }

            if (SendingEnded.IsCancellationRequested)
            {
                CutShort = true;
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref taken, before + 1, before) != before);

        number = new RequestNumber(Settings.FirstIndex + before, stretch.Measured ? before - takenUnmeasured : null);
        return true;
    }

    public void UserDone()
    {
        if (Interlocked.Decrement(ref active) == 0)
        {
            usersDone.Set();
        }
    }

    public void Launch(LoadUser user)
    {
        if (Method.Blocking is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(user, preferLocal: false);
        }
        else
        {
            LoadThread.Start(user.Run, "PerfAssert user", LoadThread.SmallStack);
        }
    }

    public override void Release(RequestSlot slot)
    {
    }

    protected override void Left(RequestSlot slot)
    {
        try
        {
            slot.User!.Replace();
        }
        catch (InvalidOperationException noThread)
        {
            Fault(noThread);
            UserDone();
        }
    }

    protected override bool Send()
    {
        foreach (var phase in Settings.Phases)
        {
            if (SendingEnded.IsCancellationRequested)
            {
                CutShort = true;
                break;
            }

            RunPhase(phase, PassSettings.IsMeasured(phase, Settings.Phases));
        }

        return true;
    }

    private void RunPhase(LoadPhase phase, bool measured)
    {
        var (users, before) = (UserSchedule.For(phase), taken);
        var start = Clock.Now;
        stretch = stretch.Then(start, length: 0, measured);
        Volatile.Write(ref sendsUntil, phase.Length is { } length ? start + (length.Ticks * 100) : long.MaxValue);
        Volatile.Write(ref most, phase switch
        {
            LoadPhase.FixedRequests counted => taken + counted.Requests,
            LoadPhase.ConstantUsers { Requests: { } requests } => taken + requests,
            _ => long.MaxValue,
        });

        if (measured)
        {
            BeginMeasured(start, stretch.Before);
        }

        // One for this thread, so that the phase does not end between two starts.
        usersDone.Reset();
        active = 1;
        foreach (var (begin, stop) in users.OrderBy(user => user.Start))
        {
            if (!Clock.WaitUntil(start + begin, SendingEnded))
            {
                CutShort = true;
                break;
            }

            Interlocked.Increment(ref active);
            Launch(new LoadUser(this, stop == long.MaxValue ? long.MaxValue : start + stop));
        }

        UserDone();
        usersDone.Wait(CancellationToken.None);
        stretch.LastUntil(Clock.Now - start);
        takenUnmeasured += measured ? 0 : taken - before;
    }
}
