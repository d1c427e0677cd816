using PerfAssert.Measurements;

namespace PerfAssert.Load;

/// <summary>A thread beside one pass that ends its load before its time: at a look that decides everything, or at the longest duration.</summary>
internal sealed class LookOut : IDisposable
{
    private static readonly TimeSpan NotYetBegun = TimeSpan.FromMilliseconds(10);

    private readonly RequestPass pass;
    private readonly TimeSpan longest;
    private readonly InterimLooks? looks;
    private readonly Func<RequestPass, bool> look;
    private readonly ManualResetEventSlim over = new();
    private readonly Thread thread;

    private LookOut(RequestPass pass, TimeSpan longest, InterimLooks? looks, Func<RequestPass, bool> look)
    {
        (this.pass, this.longest, this.looks, this.look) = (pass, longest, looks, look);
        thread = new Thread(Watch) { IsBackground = true, Name = "PerfAssert look-out" };
    }

    /// <summary>Why the load was ended; <see langword="null"/>: it was not.</summary>
    public EarlyEnd? Ended { get; private set; }

    /// <summary>Starts looking.</summary>
    /// <param name="pass">The pass; its measured part may begin later.</param>
    /// <param name="longest">From the begin of the measured part; infinite: no end.</param>
    /// <param name="looks">When to look; <see langword="null"/>: never.</param>
    /// <param name="look">Whether everything is decided.</param>
    public static LookOut Begin(RequestPass pass, TimeSpan longest, InterimLooks? looks, Func<RequestPass, bool> look)
    {
        var lookOut = new LookOut(pass, longest, looks, look);
        if (looks is not null || longest != TimeSpan.MaxValue)
        {
            lookOut.thread.UnsafeStart();
        }

        return lookOut;
    }

    public void Dispose()
    {
        over.Set();
        if (thread.IsAlive)
        {
            thread.Join();
        }

        over.Dispose();
    }

    // An exception that left its thread would end the process, with every other test in it.
    private void Watch()
    {
        try
        {
            Run();
        }
        catch (Exception exception)
        {
            pass.Fault(exception);
        }
    }

    private void Run()
    {
        var next = looks?.First ?? TimeSpan.MaxValue;
        while (true)
        {
            var due = next < longest ? next : longest;
            if (!WaitFor(due))
            {
                return;
            }

            if (due == longest)
            {
                End(EarlyEnd.MaxDuration);
                return;
            }

            if (look(pass))
            {
                End(EarlyEnd.Decided);
                return;
            }

            next *= 2;
        }
    }

    private void End(EarlyEnd why)
    {
        Ended = why;
        pass.EndSending();
    }

    // False when the pass is over first.
    private bool WaitFor(TimeSpan due)
    {
        while (true)
        {
            var left = pass.Origin is { } origin ? due - TimeSpan.FromTicks((pass.Clock.Now - origin) / 100) : NotYetBegun;
            if (left <= TimeSpan.Zero)
            {
                return true;
            }

            if (over.Wait(left < TimeSpan.FromHours(1) ? left : TimeSpan.FromHours(1)))
            {
                return false;
            }
        }
    }
}
