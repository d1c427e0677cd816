using System.Diagnostics.CodeAnalysis;

namespace PerfAssert.Load;

/// <summary>Closed loop: a number of users, each waiting for its answer. Phases follow one another when the users of one are done.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A lightweight event holds no handle here, and late methods may still set it.")]
internal sealed class ClosedLoopPass : RequestPass
{
    private const int StackSize = 256 * 1024;

    private readonly ManualResetEventSlim usersDone = new();
    private long remaining;
    private long taken;
    private int active;

    public ClosedLoopPass(PassSettings settings)
        : base(settings)
    {
    }

    /// <summary>Whether the present phase is measured.</summary>
    public bool Measured { get; private set; }

    public bool TryTakeRequest(out long index)
    {
        index = 0;
        if (Interlocked.Decrement(ref remaining) < 0)
        {
            return false;
        }

        if (Ended.IsCancellationRequested)
        {
            CutShort = true;
            return false;
        }

        index = Interlocked.Increment(ref taken) - 1;
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
            new Thread(user.Run, StackSize) { IsBackground = true, Name = "PerfAssert user" }.UnsafeStart();
        }
    }

    public override void Release(RequestSlot slot)
    {
    }

    public override void Continue(RequestSlot slot) => slot.User!.Resume(slot);

    protected override void Left(RequestSlot slot) => slot.User!.Replace();

    protected override bool Send()
    {
        foreach (var phase in Settings.Phases)
        {
            if (Ended.IsCancellationRequested)
            {
                CutShort = true;
                break;
            }

            Measured = PassSettings.IsMeasured(phase, Settings.Phases);
            taken = 0;
            RunPhase(phase);
        }

        return true;
    }

    private void RunPhase(LoadPhase phase)
    {
        Volatile.Write(ref remaining, phase switch
        {
            LoadPhase.FixedRequests counted => counted.Requests,
            LoadPhase.ConstantUsers { Requests: { } requests } => requests,
            _ => long.MaxValue,
        });

        var start = Clock.Now;
        if (Measured)
        {
            BeginMeasured(start);
        }

        // One for this thread, so that the phase does not end between two starts.
        usersDone.Reset();
        active = 1;
        foreach (var (begin, stop) in UserSchedule.For(phase).OrderBy(user => user.Start))
        {
            if (!Clock.WaitUntil(start + begin, Ended))
            {
                CutShort = true;
                break;
            }

            Interlocked.Increment(ref active);
            Launch(new LoadUser(this, stop == long.MaxValue ? long.MaxValue : start + stop));
        }

        UserDone();
        usersDone.Wait(CancellationToken.None);
    }
}
