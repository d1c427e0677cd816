using System.Collections.Immutable;
using HdrHistogram;
using PerfAssert.Budgets;
using PerfAssert.Expressions;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Tests.Runs;

/// <summary>What the engine and the judge would hand over.</summary>
internal static class Recorded
{
    public static PlannedBudget P99 { get; } = new(
        new Budget(
            new Metric(MetricFamily.Latency, "", Statistic.Percentile, 99, Quantity.Duration, false),
            Comparison.Less,
            new Limit(BudgetKind.Absolute, new Amount(200, "ms"), 0, null)),
        "[Budget] on the method");

    public static PerfPlan Plan { get; } = new(
        "Shop.Search(query: \"red shoes\")",
        new LoadPlan(
            new LoadExpression([new LoadPhase.ConstantRate(200, TimeSpan.FromSeconds(30), null)]),
            new WarmUp(null, 20),
            5,
            Arrivals.Poisson,
            TimeSpan.FromSeconds(30),
            1_000,
            7),
        [P99],
        new VerdictPolicy(0.99, InconclusivePolicy.Warn, NotComparablePolicy.Fail),
        PerfMode.Gate,
        "ci",
        new Price(0.096, "perf-budgets.json:7:30"),
        "results",
        ["load from perf-budgets.json:3:5"]);

    public static BudgetVerdict Verdict { get; } = new()
    {
        Budget = P99,
        Verdict = PerfAssert.Judging.Verdict.Broken,
        Passed = false,
        Warned = false,
        Observed = double.PositiveInfinity,
        Lower = 190e6,
        Count = 6_000,
        EffectiveCount = 2_400.5,
        NeededCount = 9_000,
        Note = "one",
    };

    public static Judgement Broken { get; } = new(false, [Verdict], [], ["drift"]);

    public static Measurement Measurement(params Round[] rounds) => new(
        [.. rounds],
        new GeneratorHealth
        {
            ProcessorTime = TimeSpan.FromSeconds(1.5),
            Elapsed = TimeSpan.FromSeconds(30),
            Cores = 2,
            CoreWait = TimeSpan.FromMilliseconds(60),
            CoresIdle = 0.4,
            CoresStolen = 0.12,
            Throttled = TimeSpan.FromMilliseconds(7),
            GcPauseTotal = TimeSpan.FromMilliseconds(12.5),
            GcPauseMax = TimeSpan.FromMilliseconds(3),
            GcCollections = 4,
            ThreadPoolDelays = Histograms.Merge([]),
            ThreadPoolQueueMax = 5,
        },
        20,
        1,
        OpenLoop: true,
        Aborted: null)
    {
        Payloads = [new PayloadSet("prompts", new string('0', 64), 1_000, new TokenSummary(3, 12.5, 40, 2, 1)), new PayloadSet("x", new string('f', 64), 1)],
        Servers = [new ServerUse(Variant.Candidate, new MeasuredServer("Triton", "triton:1") { Digest = "sha256:1", ColdStart = TimeSpan.FromSeconds(2) })],
    };

    public static Round Round(int index, params ErrorGroup[] errors) => new()
    {
        Index = index,
        Variant = Variant.Candidate,
        Latency = Wide(index + 1),
        ServiceTime = Wide(index + 2),
        SendLag = Wide(index + 3),
        ConnectionWait = Wide(index + 6),
        ReadLag = Wide(index + 8),
        Lateness = Wide(index + 4),
        FailedDurations = Wide(index + 5),
        Series = ImmutableSortedDictionary<string, HistogramBase>.Empty.Add("ttft", Wide(index + 6)).Add("itl", Wide(index + 7)),
        Succeeded = 5_000,
        Failed = 30,
        TimedOut = 20,
        Good = 4_900,
        QueuedAtMaxInFlight = 3,
        Abandoned = 2,
        InputTokens = 10,
        OutputTokens = 11,
        BytesSent = 12,
        BytesReceived = 13,
        Streams = new StreamChecks(40, 2, 3_000_000, 4, 30, 34, 5),
        Span = TimeSpan.FromSeconds(25),
        ScheduledSpan = TimeSpan.FromSeconds(24),
        Scheduled = 5_030,
        CompletionsPerSlice = [.. Enumerable.Range(0, 300).Select(i => (long)i)],
        SliceLength = TimeSpan.FromMilliseconds(100),
        Trace = LatencyTrace.Empty,
        Errors = [.. errors],
    };

    /// <summary>From a microsecond to minutes, every bucket different: the most a histogram can weigh.</summary>
    public static HistogramBase Wide(int seed)
    {
        var random = new Random(seed);
        var histogram = new LongHistogram(1, 86_400_000_000_000, 3);
        for (var i = 0; i < 5_000; i++)
        {
            histogram.RecordValue((long)Math.Exp(7 + (random.NextDouble() * 19)));
        }

        return histogram;
    }
}
