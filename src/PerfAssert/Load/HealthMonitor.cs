using HdrHistogram;
using PerfAssert.Measurements;

namespace PerfAssert.Load;

/// <summary>
/// Watches the generator itself while it measures: CPU, garbage collector, and how long the thread pool keeps a work item waiting.
/// Probes 50 times a second; adds up over the measured rounds only.
/// </summary>
internal sealed class HealthMonitor
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly LoadClock clock;
    private readonly LongHistogram delays = Histograms.Recorder();
    private readonly object recording = new();
    private TimeSpan processor;
    private TimeSpan elapsed;
    private TimeSpan coreWait;
    private long idleTicks;
    private long allTicks;
    private TimeSpan pauseTotal;
    private TimeSpan pauseMax;
    private int collections;
    private long queueMax;
    private long pendingSince;

    public HealthMonitor(LoadClock clock) => this.clock = clock;

    /// <summary>Watches until the work has ended.</summary>
    public async Task DuringAsync(Func<Task> work)
    {
        using var ended = new CancellationTokenSource();
        var probe = new Thread(() => Probe(ended.Token)) { IsBackground = true, Name = "PerfAssert health" };
        var usage = CoreUsage.Read();
        var (cpu, pause, count, start) = (Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration(), Collections(), clock.Now);
        probe.UnsafeStart();
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            processor += Environment.CpuUsage.TotalTime - cpu;
            pauseTotal += GC.GetTotalPauseDuration() - pause;
            collections += Collections() - count;
            elapsed += TimeSpan.FromTicks((clock.Now - start) / 100);
            Add(usage, CoreUsage.Read());
            await ended.CancelAsync().ConfigureAwait(false);
            probe.Join();
        }
    }

    /// <summary>What was seen so far.</summary>
    public GeneratorHealth Read()
    {
        lock (recording)
        {
            return new GeneratorHealth
            {
                ProcessorTime = processor,
                Elapsed = elapsed,
                Cores = Environment.ProcessorCount,
                CoreWait = coreWait,
                CoresIdle = allTicks == 0 ? null : (double)idleTicks / allTicks,
                GcPauseTotal = pauseTotal,
                GcPauseMax = pauseMax,
                GcCollections = collections,
                ThreadPoolDelays = Histograms.Merge([delays]),
                ThreadPoolQueueMax = queueMax,
            };
        }
    }

    private void Add(CoreUsage? before, CoreUsage? after)
    {
        if (before is not { } from || after is not { } to)
        {
            return;
        }

        coreWait += to.WaitedSince(from);
        idleTicks += to.Idle - from.Idle;
        allTicks += to.All - from.All;
    }

    private static int Collections() => GC.CollectionCount(0);

    private void Probe(CancellationToken ended)
    {
        var (count, pause) = (Collections(), GC.GetTotalPauseDuration());
        while (!ended.WaitHandle.WaitOne(Period))
        {
            SendProbe();
            queueMax = Math.Max(queueMax, ThreadPool.PendingWorkItemCount);
            var (countNow, pauseNow) = (Collections(), GC.GetTotalPauseDuration());
            if (countNow != count)
            {
                // Several collections between two probes are told apart by their mean.
                pauseMax = TimeSpan.FromTicks(Math.Max(pauseMax.Ticks, (pauseNow - pause).Ticks / (countNow - count)));
                (count, pause) = (countNow, pauseNow);
            }
        }

        // A probe still waiting at the end has waited this long at least.
        if (Interlocked.Exchange(ref pendingSince, 0) is > 0 and var since)
        {
            Record(clock.Now - since);
        }
    }

    private void SendProbe()
    {
        var now = clock.Now;
        if (Interlocked.CompareExchange(ref pendingSince, now, 0) != 0)
        {
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static monitor =>
            {
                if (Interlocked.Exchange(ref monitor.pendingSince, 0) is > 0 and var since)
                {
                    monitor.Record(monitor.clock.Now - since);
                }
            },
            this,
            preferLocal: false);
    }

    private void Record(long delay)
    {
        lock (recording)
        {
            delays.RecordValue(Math.Max(0, delay));
        }
    }
}
