using System.Collections.Immutable;
using PerfAssert.Expressions;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>
/// When a run says more about the generator than about the server. Such a run is invalid: it is never met and never broken.
/// Each rule answers with one sentence: what was seen, what is allowed, what to do.
/// </summary>
internal static class ClientBoundRules
{
    /// <summary>Of the scheduled rate, what must have been sent.</summary>
    internal const double EnoughOfRate = 0.98;

    /// <summary>Of the process's CPU, from where on the generator competes with itself.</summary>
    private const double BusyShare = 0.95;

    /// <summary>Of full cores, what the test process uses when it has to share them with one other program.</summary>
    private const double HalfOfFull = 0.45;

    /// <summary>Of the mean latency, what waiting for a core may take.</summary>
    private const double MostOfLatency = 0.2;

    /// <summary>Of the cores' time, what other virtual machines take before it is named: as much as reaches a p99.</summary>
    private const double MuchStolen = 0.01;

    /// <summary>Below 1 ms the scheduler of a shared machine decides when a thread runs, not the generator.</summary>
    private const double LatenessFloor = 1e6;

    /// <summary>Below 5 ms a wait for a thread is what a garbage collection or a busy neighbour makes of any process.</summary>
    private const double ThreadPoolFloor = 5e6;

    /// <summary>In a shorter run, compiling and starting up decide how busy the process looks.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(1);

    /// <summary>The sentences; empty: the run is valid.</summary>
    public static ImmutableArray<string> Check(PerfPlan plan, MeasuredRun run)
    {
        if (run.Measurement.Aborted is { } aborted)
        {
            return [$"the run was cut off: {aborted}; what was measured until then is not judged"];
        }

        if (run.Requests == 0)
        {
            return ["no request was measured: the load was over, or cut off, before the first round had one"];
        }

        var limits = LatencyLimit.Of(plan);
        var health = run.Measurement.Health;
        var spins = FailsAtOnce(run);
        string?[] late = [AchievedRate(run), Lateness(run, limits), .. spins ? [] : new[] { Cores(plan, run, limits), ThreadPool(plan, run, limits), Pauses(health, limits) }];
        string?[] behind = Array.Exists(late, reason => reason is not null) ? [Stolen(health)] : [];
        string?[] others = [Connections(run, limits), .. spins ? [] : new[] { Processor(health), Throttling(health, limits) }];
        return [.. late.Concat(behind).Concat(others).OfType<string>().Select(reason => "client-bound: " + reason)];
    }

    /// <summary>
    /// Users without a pause whose requests all fail at once, as at a closed port, are as busy as the machine lets them be: that is the server's
    /// doing. Timeouts are waited for, so a client that is busy with nothing else may be what makes them.
    /// </summary>
    private static bool FailsAtOnce(MeasuredRun run) =>
        !run.Measurement.OpenLoop && run.Succeeded == 0 && run.Failed > 2 * run.Rounds.Sum(r => r.TimedOut);

    /// <summary>
    /// What was sent per second of the time it took. A generator that falls behind does so steadily: half of its sends are
    /// late by half of the final delay or more, so twice the median lateness is how far the sending was stretched. A single
    /// stall does not move the median. Below the floor it is no delay: the arrivals of a burst are all in time, and still not all
    /// sent at once. What is in flight at a look was sent, and a wait at MaxInFlight is no lateness.
    /// </summary>
    internal static double AchievedShare(MeasuredRun run)
    {
        var scheduled = run.Rounds.Sum(r => r.Scheduled);
        var time = run.Rounds.Sum(r => r.ScheduledSpan.TotalSeconds);
        if (scheduled == 0 || time <= 0)
        {
            return 1;
        }

        var stretch = run.Rounds
            .Select(r => new HistogramSample([r.Lateness]))
            .Where(s => s.Count > 0)
            .Select(s => s.Quantile(0.5))
            .Where(late => late > LatenessFloor)
            .Sum(late => 2 * late / 1e9);
        return (run.Requests + run.Rounds.Sum(r => r.InFlight)) / (double)scheduled * time / (time + stretch);
    }

    private static string? AchievedRate(MeasuredRun run)
    {
        var share = AchievedShare(run);
        return share >= EnoughOfRate ? null
            : $"only {Say.Percent(share)} of the scheduled rate was sent, at least {Say.Percent(EnoughOfRate)} is needed: " +
              "lower the rate, do less in the test method, or use a machine with more cores";
    }

    private static string? Lateness(MeasuredRun run, IReadOnlyList<LatencyLimit> limits)
    {
        var lateness = new HistogramSample(run.Rounds.Select(r => r.Lateness));
        if (!run.Measurement.OpenLoop || lateness.Count == 0)
        {
            return null;
        }

        return limits
            .Select(l => (Limit: l, Seen: lateness.Quantile(l.Fraction), Allowed: Math.Max(LatenessFloor, l.Allowance)))
            .Where(c => c.Seen > c.Allowed)
            .OrderByDescending(c => c.Seen / c.Allowed)
            .Select(c =>
                $"requests were sent late by {Say.Duration(c.Seen)} at p{Say.Figure(c.Limit.Fraction * 100)}, more than {Allowed(c.Allowed, c.Limit, LatenessFloor)}: " +
                "lower the rate, leave the machine to the test, or give it more cores")
            .FirstOrDefault();
    }

    /// <summary>
    /// When half of all requests wait for a connection of their own client, its pool is the bottleneck. A stall of the server makes
    /// requests wait for a connection as well, but does not move the median. Nor is it the pool when every request opens a connection of
    /// its own: what it then waits for is the connecting. Where no request succeeded it was the server, and there is no pool to blame.
    /// </summary>
    private static string? Connections(MeasuredRun run, IReadOnlyList<LatencyLimit> limits)
    {
        var waits = new HistogramSample(run.Rounds.Select(r => r.ConnectionWait));
        var free = run.Requests - waits.Count;
        if (free >= waits.Count || run.Succeeded == 0)
        {
            return null;
        }

        // The median over all requests: those that did not wait lie below every wait.
        var median = waits.Quantile((run.Requests / 2.0 - free) / waits.Count);
        if (Closed(run, median) >= waits.Count / 2)
        {
            return null;
        }

        var tightest = limits.MinBy(l => l.Allowance);
        var allowed = Math.Max(LatenessFloor, tightest.Allowance);
        return median <= allowed ? null
            : $"half of the requests waited {Say.Duration(median)} or longer for a connection inside the test's own HTTP client, more than {Allowed(allowed, tightest, LatenessFloor)}: " +
              "raise MaxConnectionsPerServer, or share one HttpClient that keeps its connections";
    }

    /// <summary>
    /// Connections closed, without those that waiting itself closed: a request that gets one when most of its timeout is over times out soon, and closes
    /// it. A shorter wait is that of a client that connects anew, behind timeouts of the server's making.
    /// </summary>
    private static long Closed(MeasuredRun run, double wait)
    {
        var closed = run.Rounds.Sum(r => r.ConnectionsClosed);
        return wait > Nanoseconds(run.Load.RequestTimeout) / 2 ? Math.Max(0, closed - run.Rounds.Sum(r => r.TimedOut)) : closed;
    }

    private static string? Processor(GeneratorHealth health) => health.ProcessorShare < BusyShare || health.Elapsed < LongEnough ? null
        : $"the test process used {Say.Percent(health.ProcessorShare)} of its {Say.Figure(health.Cores)} cores: " +
          "lower the rate, do less in the test method, or run the server and the test on different cores";

    /// <summary>A process that has used up its CPU quota stands still until it is granted anew.</summary>
    private static string? Throttling(GeneratorHealth health, IReadOnlyList<LatencyLimit> limits)
    {
        var each = health.ThrottledPeriods > 0 ? Nanoseconds(health.Throttled) / health.ThrottledPeriods : 0;
        var share = health.Elapsed > TimeSpan.Zero ? health.Throttled / health.Elapsed : 0;
        return Reached(limits, each, share) is not { } limit ? null
            : $"its CPU quota of {Say.Figure(health.Cores)} cores stopped the test process for {Say.Percent(share)} of the time, {Say.Duration(each)} each time, " +
              $"which reaches {limit}: raise the CPU limit of its container, lower the rate, or do less in the test method";
    }

    /// <summary>
    /// Other programs on the cores of this process. Either its threads waited so long for a core that it is in the latencies (where those are
    /// shorter, it was not the requests that waited, but tests beside them), or the cores were full and the test process was half of what other
    /// virtual machines left of them: then it, and not the server, decided how much was sent. A single core that is full was shared by everything
    /// that a request met, and no figure says whose time it was.
    /// </summary>
    private static string? Cores(PerfPlan plan, MeasuredRun run, IReadOnlyList<LatencyLimit> limits)
    {
        var health = run.Measurement.Health;
        var perRequest = Nanoseconds(health.CoreWait) / run.Requests;
        var tightest = limits.MinBy(l => l.Allowance);
        var allowed = Math.Max(LatenessFloor, tightest.Allowance);
        var stolen = health.CoresStolen ?? 0;
        var full = health.CoresIdle < 1 - BusyShare && health.Elapsed >= LongEnough;
        var latency = new HistogramSample(run.Rounds.Select(r => r.Latency)).Mean;
        var canBeIn = latency > allowed || run.Failed > 0 || CountsBetweenRequests(plan, run);
        return canBeIn && perRequest > allowed && perRequest > MostOfLatency * latency
                ? $"threads of the test process waited {Say.Duration(perRequest)} a request for a core, more than {Allowed(allowed, tightest, LatenessFloor)}: " +
                  "other programs keep its cores; leave the machine to the test, or give it more cores"
            : full && health.ProcessorShare >= HalfOfFull * (1 - stolen)
                ? $"the cores of the test process were full, and it used {Say.Percent(health.ProcessorShare)} of them itself: " +
                  "what was measured is how fast this client is; run the server, and everything else, on other cores"
            : full && health.Cores == 1
                ? $"the only core of the test process was full, and other programs used {Say.Percent(Math.Max(0, 1 - health.ProcessorShare - stolen))} of it: " +
                  "leave that core to the test, or give it more cores"
            : null;
    }

    /// <summary>No reason by itself, as it hits server and client alike; but where the client was late, this may be what is behind it.</summary>
    private static string? Stolen(GeneratorHealth health) => health.CoresStolen is not >= MuchStolen ? null
        : $"other virtual machines of its host took {Say.Percent(health.CoresStolen.Value)} of the time of its cores, which may be why: " +
          "run the test on a host that does not share its cores, or at another time";

    /// <summary>
    /// As lateness: what waits at a budget's own percentile is in that percentile's latencies. So where those are shorter than what is
    /// allowed, no request waited that long, whatever became of the probes: a run of a few requests has only two or three.
    /// </summary>
    private static string? ThreadPool(PerfPlan plan, MeasuredRun run, IReadOnlyList<LatencyLimit> limits)
    {
        var delays = new HistogramSample([run.Measurement.Health.ThreadPoolDelays]);
        if (delays.Count == 0)
        {
            return null;
        }

        var latencies = new HistogramSample(run.Rounds.Select(r => r.Latency), beyond: run.Failed);
        return limits
            .Select(l => (Limit: l, Seen: delays.Quantile(l.Fraction), Allowed: Math.Max(ThreadPoolFloor, l.Allowance)))
            .Where(c => c.Seen > c.Allowed && (latencies.Quantile(c.Limit.Fraction) > c.Allowed || CountsBetweenRequests(plan, run)))
            .OrderByDescending(c => c.Seen / c.Allowed)
            .Select(c =>
                $"work waited {Say.Duration(c.Seen)} at p{Say.Figure(c.Limit.Fraction * 100)} for a thread of the pool, more than {Allowed(c.Allowed, c.Limit, ThreadPoolFloor)}: " +
                "the thread pool is starved by blocking code in the test method (Thread.Sleep, .Result, .Wait(), synchronous I/O; make it async), " +
                "or other work, such as tests that run beside it, keeps the machine's cores")
            .FirstOrDefault();
    }

    /// <summary>
    /// Between the requests of a closed loop a wait is in no latency, but in what is counted per second; and where answers lie unread for long, the
    /// server is asked by fewer users than the load says.
    /// </summary>
    private static bool CountsBetweenRequests(PerfPlan plan, MeasuredRun run) =>
        !run.Measurement.OpenLoop
        && (plan.Budgets.Any(b => b.Budget.Metric.Quantity is Quantity.PerSecond or Quantity.Usd) || LeavesAnswersUnread(run));

    private static bool LeavesAnswersUnread(MeasuredRun run)
    {
        var lag = new HistogramSample(run.Rounds.Select(r => r.ReadLag)).Mean;
        return lag > LatenessFloor && lag > MostOfLatency * new HistogramSample(run.Rounds.Select(r => r.Latency)).Mean;
    }

    private static string? Pauses(GeneratorHealth health, IReadOnlyList<LatencyLimit> limits)
    {
        var longest = Nanoseconds(health.GcPauseMax);
        var share = health.Elapsed > TimeSpan.Zero ? health.GcPauseTotal / health.Elapsed : 0;
        return Reached(limits, longest, share) is not { } limit ? null
            : $"the garbage collector stopped the test process for {Say.Percent(share)} of the time, at longest {Say.Duration(health.GcPauseMax)}, " +
              $"which reaches {limit}: allocate less in the test method, or set ServerGarbageCollector";
    }

    /// <summary>Stops of the process count when they are long against a limit and so frequent that they reach its percentile.</summary>
    private static string? Reached(IReadOnlyList<LatencyLimit> limits, double nanoseconds, double share) =>
        limits.Where(l => nanoseconds > l.Allowance && share >= 1 - l.Fraction).Select(l => l.Name).FirstOrDefault();

    private static string Allowed(double allowed, LatencyLimit limit, double floor) => allowed > floor
        ? $"{Say.Duration(allowed)} ({Say.Percent(LatencyLimit.Share)} of {limit.Name})"
        : $"the {Say.Duration(floor)} any shared machine may take";

    private static double Nanoseconds(TimeSpan time) => time.TotalNanoseconds;
}
