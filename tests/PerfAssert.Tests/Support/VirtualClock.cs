using System.Collections.Concurrent;
using PerfAssert.Load;

namespace PerfAssert.Tests.Support;

/// <summary>A clock that is never waited for: a wait moves it on at once and is written down.</summary>
internal sealed class VirtualClock : LoadClock
{
    private long now;

    public ConcurrentQueue<long> Waits { get; } = new();

    public override long Now => Volatile.Read(ref now);

    public override bool WaitUntil(long due, CancellationToken cancellationToken)
    {
        Waits.Enqueue(due);
        Volatile.Write(ref now, Math.Max(Now, due));
        return !cancellationToken.IsCancellationRequested;
    }
}
