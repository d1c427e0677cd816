using System.Runtime.ExceptionServices;
using HdrHistogram;
using PerfAssert.Environments;
using PerfAssert.Measurements;

namespace PerfAssert.Load;

/// <summary>
/// Watches the generator itself while it measures: CPU, garbage collector, and how long the thread pool keeps a work item waiting.
/// Probes 50 times a second; adds up over the time in which measured requests are sent, so neither a ramp-up nor the wait for the last
/// answers thins the figures out.
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
    private double cores = Environment.ProcessorCount;
    private TimeSpan throttled;
    private long throttledPeriods;
    private TimeSpan idle;
    private TimeSpan stolen;
    private TimeSpan coreTime;
    private TimeSpan pauseTotal;
    private TimeSpan pauseMax;
    private int collections;
    private long queueMax;
    private long pendingSince;
    private Exception? failure;

    public HealthMonitor(LoadClock clock) => this.clock = clock;

    /// <summary>Runs a pass and watches it.</summary>
    public async Task DuringAsync(RequestPass pass, CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource();

        // Where the first phase is measured there is nothing to wait for: a load may be over before the first probe.
        HealthReading? begun = pass.BeginsMeasured ? HealthReading.Take(clock) : null;
        var probe = new Thread(() => Watch(pass, begun, ended.Token)) { IsBackground = true, Name = "PerfAssert health" };
        probe.UnsafeStart();
        try
        {
            await pass.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            probe.Join();
        }

        // Of the last reading, when the pass had ended.
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
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
                Cores = cores,
                Throttled = throttled,
                ThrottledPeriods = throttledPeriods,
                CoreWait = coreWait,
                CoresIdle = ShareOfCores(idle),
                CoresStolen = ShareOfCores(stolen),
                GcPauseTotal = pauseTotal,
                GcPauseMax = pauseMax,
                GcCollections = collections,
                ThreadPoolDelays = Histograms.Merge([delays]),
                ThreadPoolQueueMax = queueMax,
            };
        }
    }

    /// <summary>Adds what was used between two moments.</summary>
    internal void Add(HealthReading before, HealthReading after)
    {
        processor += after.Processor - before.Processor;
        pauseTotal += after.Pauses - before.Pauses;
        collections += after.Collections - before.Collections;
        var passed = TimeSpan.FromTicks((after.Moment - before.Moment) / 100);
        elapsed += passed;
        if (before.Usage is not { } from || after.Usage is not { } to)
        {
            return;
        }

        coreWait += to.WaitedSince(from);
        idle += to.Idle - from.Idle;
        stolen += to.Stolen - from.Stolen;
        coreTime += passed * from.Cores;
        if (from.Quota is not { } granted || to.Quota is not { } quota)
        {
            return;
        }

        cores = EnvironmentProbe.Cores(Environment.ProcessorCount, quota);
        throttled += quota.StoppedSince(granted);
        throttledPeriods += quota.ThrottledPeriods - granted.ThrottledPeriods;
    }

    private void Watch(RequestPass pass, HealthReading? begun, CancellationToken ended)
    {
        try
        {
            Probe(pass, begun, ended);
        }
        catch (Exception exception)
        {
            // Without it nobody would know whether the client was the bottleneck; thrown on, it would end the process.
            failure = exception;
            pass.Fault(exception);
        }
    }

    private void Probe(RequestPass pass, HealthReading? begun, CancellationToken ended)
    {
        var (count, pause) = (GC.CollectionCount(0), GC.GetTotalPauseDuration());
        while (!ended.WaitHandle.WaitOne(Period))
        {
            var (countNow, pauseNow) = (GC.CollectionCount(0), GC.GetTotalPauseDuration());
            if (pass.IsMeasuring)
            {
                begun ??= HealthReading.Take(clock);
                SendProbe();
                queueMax = Math.Max(queueMax, ThreadPool.PendingWorkItemCount);
                if (countNow != count)
                {
                    // Several collections between two probes are told apart by their mean.
                    pauseMax = TimeSpan.FromTicks(Math.Max(pauseMax.Ticks, (pauseNow - pause).Ticks / (countNow - count)));
                }
            }
            else if (begun is { } from)
            {
                Add(from, HealthReading.Take(clock));
                begun = null;
            }

            (count, pause) = (countNow, pauseNow);
        }

        if (begun is { } open)
        {
            Add(open, HealthReading.Take(clock));
        }

        // A probe still waiting at the end has waited this long at least.
        if (Interlocked.Exchange(ref pendingSince, 0) is > 0 and var since)
        {
            Record(clock.Now - since);
        }
    }

    private double? ShareOfCores(TimeSpan time) => coreTime == TimeSpan.Zero ? null : Math.Min(1, time / coreTime);

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
            // No probe is sent while one waits: those that would have waited behind it are made up for.
            delays.RecordValueWithExpectedInterval(Math.Max(0, delay), Period.Ticks * 100);
        }
    }
}
