using System.Diagnostics;

namespace PerfAssert.Load;

/// <summary>Sleeps on an event while the due moment is far, then yields: for systems without a precise sleep of their own.</summary>
internal sealed class HybridClock : LoadClock
{
    // Event waits end up to a scheduler tick late, so the last part is not slept.
    private const long Near = 2_000_000;
    private const long LongestWait = 50_000_000;

    public override long Now => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public override bool WaitUntil(long due, CancellationToken cancellationToken)
    {
        var spin = default(SpinWait);
        while (true)
        {
            var left = due - Now;
            if (left <= 0)
            {
                return true;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            if (left > Near)
            {
                _ = cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Min(left - Near, LongestWait) / 1e6));
            }
            else
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }
}
