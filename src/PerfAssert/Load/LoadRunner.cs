using System.Collections.Immutable;
using PerfAssert.Measurements;

namespace PerfAssert.Load;

/// <summary>Runs the warm-up and the measured rounds of one load. Rounds can be added after a look at the first ones.</summary>
/// <remarks>
/// Cost: a request takes a few hundred nanoseconds of the engine and no memory (<c>benchmarks/LoadEngine --only empty</c>); a round keeps
/// up to 0.5 MB of histograms (latencies of a second) and at most 256 KB of trace; requests in flight keep about 1 KB each.
/// </remarks>
internal sealed class LoadRunner
{
    private readonly LoadPlan plan;
    private readonly RequestMethod method;
    private readonly GoodputRule goodput;
    private readonly LoadClock clock;
    private readonly IVersionedEndpoint? endpoint;
    private readonly LaneSet lanes = new(Environment.ProcessorCount);
    private readonly HealthMonitor health;
    private readonly StartCost startCost = new();
    private readonly WakeMargin wakeMargin = new();
    private readonly PayloadLog payloads = new();
    private readonly ServerLog servers = new();
    private readonly List<Round> rounds = [];
    private readonly List<long> firstIndices = [];
    private long nextIndex;
    private long warmUpRequests;
    private long warmUpFailures;
    private double? warmUpRate;
    private LaneSet? snapshot;
    private TimeSpan measuredFor;
    private EarlyEnd? ended;
    private string? aborted;

    public LoadRunner(LoadPlan plan, RequestMethod method, GoodputRule goodput, LoadClock clock, IVersionedEndpoint? endpoint = null)
    {
        this.plan = plan;
        this.method = method;
        this.goodput = goodput;
        this.clock = clock;
        this.endpoint = endpoint;
        health = new HealthMonitor(clock);
    }

    private bool OpenLoop => plan.Expression.IsOpenLoop;

    /// <summary>Sends the warm-up. Its requests are counted and nothing else.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        // The version of the first round last: an endpoint that holds one at a time need not change it again.
        foreach (var variant in PairOrder.OfBlock(plan, block: 0).Take(plan.Variants).Reverse())
        {
            await SwitchToAsync(variant, cancellationToken).ConfigureAwait(false);
            await WarmUpAsync(variant, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Measures the plan's number of rounds, after those measured before, or less when a look or the longest duration ends them.</summary>
    /// <param name="looks">Looks inside of a round; <see langword="null"/>: none.</param>
    /// <param name="cancellationToken">Cuts the run off.</param>
    public async Task MeasureAsync(InterimLooks? looks, CancellationToken cancellationToken)
    {
        ended = null;
        foreach (var variant in PairOrder.OfBlock(plan, rounds.Count / (plan.Rounds * plan.Variants)).TakeWhile(_ => aborted is null && ended is null))
        {
            if (plan.MaxDuration <= measuredFor)
            {
                ended = EarlyEnd.MaxDuration;
                return;
            }

            // A version that was started just now is as cold as both were at first.
            if (await SwitchToAsync(variant, cancellationToken).ConfigureAwait(false))
            {
                await WarmUpAsync(variant, cancellationToken).ConfigureAwait(false);
            }

            if (aborted is not null)
            {
                return;
            }

            await RoundAsync(variant, looks, cancellationToken).ConfigureAwait(false);
            NoteAbort($"in round {rounds.Count}", cancellationToken);
        }
    }

    /// <summary>Whether another measurement of the plan's rounds would end before the longest duration.</summary>
    public bool HasTimeForMore => plan.MaxDuration is not { } longest || measuredFor / rounds.Count * (rounds.Count + (plan.Rounds * plan.Variants)) <= longest;

    /// <summary>Everything seen so far.</summary>
    public Measurement Read() => Read(rounds);

    private Measurement Read(IEnumerable<Round> seen) =>
        new([.. seen], health.Read(), warmUpRequests, warmUpFailures, OpenLoop, aborted) { Ended = ended, MeasuredFor = measuredFor, Payloads = payloads.Sets, Servers = servers.Uses };

    private async Task<bool> SwitchToAsync(Variant variant, CancellationToken cancellationToken)
    {
        try
        {
            return endpoint is not null && await endpoint.SwitchToAsync(variant, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            NoteAbort($"while the {variant.ToString().ToLowerInvariant()} was made ready", cancellationToken);
            return false;
        }
    }

    private async Task WarmUpAsync(Variant variant, CancellationToken cancellationToken)
    {
        if (aborted is not null || plan.WarmUp is { Duration: null, Requests: null })
        {
            return;
        }

        // Recorded like the measured ones and thrown away, so that the recording is compiled when it counts.
        var pass = Create(Settings([WarmUpPhase()], plan.Seed, variant, new TraceRecorder(null, plan.Rounds)));
        var start = clock.Now;
        await pass.RunAsync(cancellationToken).ConfigureAwait(false);
        nextIndex = Math.Max(nextIndex, pass.NextIndex);
        warmUpRequests += pass.Requests;
        warmUpFailures += pass.Failures;
        warmUpRate = pass.Requests / Math.Max(1e-3, (clock.Now - start) / 1e9);
        NoteAbort("during the warm-up", cancellationToken);
    }

    private async Task RoundAsync(Variant variant, InterimLooks? looks, CancellationToken cancellationToken)
    {
        lanes.Reset();

        // A process's first collections take ten times as long as later ones, and so does the next one after a single full one: not while
        // requests are timed.
        GC.Collect();
        GC.Collect();
        var trace = new TraceRecorder(Expected(), plan.Rounds);

        // Each round has arrivals and requests of its own, because rounds are replicates and not copies; but both versions, which are compared, the same.
        var pair = rounds.Count / plan.Variants;
        var pass = Create(Settings(plan.Expression.Phases, arrivalSeed: unchecked(plan.Seed + (pair * 7919)), variant, trace) with { FirstIndex = FirstIndexOf(pair) });
        var longest = plan.MaxDuration is { } most ? most - measuredFor : TimeSpan.MaxValue;
        using (var lookOut = LookOut.Begin(pass, longest, looks, Look))
        {
            await health.DuringAsync(pass, cancellationToken).ConfigureAwait(false);
            ended = pass.CutShort ? lookOut.Ended : null;
        }

        nextIndex = Math.Max(nextIndex, pass.NextIndex);

        measuredFor += TimeSpan.FromTicks((clock.Now - (pass.Origin ?? clock.Now)) / 100);
        var round = ToRound(pass, lanes, trace);
        rounds.Add(round);

        // A ramp that is not measured warms up as well.
        warmUpRequests += pass.Requests - round.Requests;
        warmUpFailures += pass.Failures - round.Failed;

        bool Look(RequestPass running)
        {
            snapshot ??= new LaneSet(1);
            lanes.CopyTo(snapshot);
            var soFar = ToRound(running, snapshot, trace);
            return looks!.IsDecided(Read(rounds.Append(soFar with { InFlight = Math.Max(0, soFar.Scheduled - soFar.Requests) })));
        }
    }

    // Warm-ups count from 0, and every round goes on behind what was sent before it, so that no payload comes twice; but both versions are
    // sent the same.
    private long FirstIndexOf(int pair)
    {
        if (pair == firstIndices.Count)
        {
            firstIndices.Add(nextIndex);
        }

        return firstIndices[pair];
    }

    private Round ToRound(RequestPass pass, LaneSet lanes, TraceRecorder trace)
    {
        var last = lanes.Lanes.Max(lane => lane.LastEnd);
        return new Round
        {
            Index = rounds.Count,
            Variant = pass.Settings.Variant,
            VariantRead = pass.Slots.VariantRead,
            Latency = lanes.Merge(lane => lane.Latency),
            ServiceTime = lanes.Merge(lane => lane.ServiceTime),
            SendLag = lanes.Merge(lane => lane.SendLag),
            Lateness = lanes.Merge(lane => lane.Lateness),
            ConnectionWait = lanes.Merge(lane => lane.ConnectionWait),
            ReadLag = lanes.Merge(lane => lane.ReadLag),
            ConnectionsClosed = pass.ConnectionsClosed,
            FailedDurations = lanes.Merge(lane => lane.FailedDurations),
            Series = lanes.MergeSeries(),
            Succeeded = lanes.Sum(lane => lane.Succeeded),
            Failed = lanes.Sum(lane => lane.Failed),
            TimedOut = lanes.Sum(lane => lane.TimedOut),
            TimedOutWithoutToken = lanes.Sum(lane => lane.TimedOutWithoutToken),
            Good = lanes.Sum(lane => lane.Good),
            QueuedAtMaxInFlight = lanes.Sum(lane => lane.Queued),
            Abandoned = pass.Abandoned,
            InputTokens = lanes.Sum(lane => lane.InputTokens),
            OutputTokens = lanes.Sum(lane => lane.OutputTokens),
            BytesSent = lanes.Sum(lane => lane.BytesSent),
            BytesReceived = lanes.Sum(lane => lane.BytesReceived),
            Streams = lanes.Lanes.Aggregate(default(StreamChecks), (sum, lane) => sum + lane.Streams),
            Span = last == long.MinValue ? TimeSpan.Zero : pass.SpanUntil(last),
            ScheduledSpan = pass.ScheduledSpan,
            Scheduled = pass.Scheduled,
            CompletionsPerSlice = lanes.MergeCompletions(),
            SliceLength = lanes.SliceLength,
            Trace = trace.ToTrace(),
            Errors = pass.Errors.ToGroups(),
        };
    }

    private PassSettings Settings(ImmutableArray<LoadPhase> phases, int arrivalSeed, Variant variant, TraceRecorder trace) => new()
    {
        Lanes = lanes,
        Trace = trace,
        Clock = clock,
        Method = method,
        Phases = phases,
        Arrivals = plan.Arrivals,
        Seed = plan.Seed,
        ArrivalSeed = arrivalSeed,
        Variant = variant,
        RequestTimeout = plan.RequestTimeout,
        MaxInFlight = plan.MaxInFlight,
        StartCost = startCost,
        WakeMargin = wakeMargin,
        Goodput = goodput,
        Payloads = payloads,
        Servers = servers,
    };

    private RequestPass Create(PassSettings settings) => OpenLoop ? new OpenLoopPass(settings) : new ClosedLoopPass(settings);

    private LoadPhase WarmUpPhase()
    {
        var (duration, requests) = (plan.WarmUp.Duration, plan.WarmUp.Requests);
        return plan.Expression.Phases[0] switch
        {
            LoadPhase.ConstantRate constant => new LoadPhase.ConstantRate(constant.Rate, duration, requests),
            LoadPhase.RateRamp ramp => new LoadPhase.ConstantRate(ramp.From > 0 ? ramp.From : ramp.To, duration, requests),
            LoadPhase.Trace { Recorded: { } recorded } trace => new LoadPhase.ConstantRate(trace.MeanRate(recorded), duration, requests),
            LoadPhase.ConstantUsers constant => new LoadPhase.ConstantUsers(constant.Users, duration, requests),
            LoadPhase.UserRamp ramp => new LoadPhase.ConstantUsers(ramp.From > 0 ? ramp.From : ramp.To, duration, requests),
            LoadPhase.FixedRequests counted => new LoadPhase.ConstantUsers(counted.Users, duration, requests),
            var other => throw new InvalidOperationException($"No warm-up for {other}."),
        };
    }

    // How many measured requests a round will have; unknown for users over a time, unless the warm-up told their rate.
    private long? Expected()
    {
        long total = 0;
        foreach (var phase in plan.Expression.Phases.Where(phase => PassSettings.IsMeasured(phase, plan.Expression.Phases)))
        {
            var count = phase switch
            {
                { IsOpenLoop: true } => ArrivalSchedule.For(phase, Arrivals.Constant, plan.Seed).ExpectedCount,
                LoadPhase.FixedRequests counted => counted.Requests,
                LoadPhase.ConstantUsers { Requests: { } requests } => requests,
                LoadPhase.ConstantUsers { Duration: { } duration } => (long?)(warmUpRate * duration.TotalSeconds),
                _ => null,
            };
            if (count is null)
            {
                return null;
            }

            total += count.Value;
        }

        return total;
    }

    private void NoteAbort(string when, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            aborted ??= $"the run was cancelled {when}";
        }
    }
}
