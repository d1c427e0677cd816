using System.Collections.Immutable;
using HdrHistogram;
using PerfAssert.Budgets;
using PerfAssert.Expressions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Tests.Judging;

/// <summary>Plans, budgets and measurements with sensible values everywhere, for a test to change the one it is about.</summary>
internal static class Make
{
    public static readonly GeneratorHealth Healthy = new()
    {
        ProcessorTime = TimeSpan.FromSeconds(2),
        Elapsed = TimeSpan.FromSeconds(10),
        Cores = 2,
        GcPauseTotal = TimeSpan.FromMilliseconds(5),
        GcPauseMax = TimeSpan.FromMilliseconds(1),
        GcCollections = 3,
        ThreadPoolDelays = Delays(.1),
        ThreadPoolQueueMax = 1,
    };

    public static Metric Percentile(decimal percentile, MetricFamily family = MetricFamily.Latency, string series = "") =>
        new(family, series, Statistic.Percentile, percentile, Quantity.Duration, HigherIsBetter: false);

    public static Metric Of(Statistic statistic, MetricFamily family = MetricFamily.Latency) =>
        new(family, "", statistic, 0, Quantity.Duration, HigherIsBetter: false);

    public static Metric Rate(MetricFamily family) => new(family, "", Statistic.Total, 0, Quantity.PerSecond, HigherIsBetter: true);

    public static Metric Usd(MetricFamily family) => new(family, "", Statistic.Total, 0, Quantity.Usd, HigherIsBetter: false);

    public static Budget Less(Metric metric, decimal limit, string unit = "ms") => Budget(metric, Comparison.Less, limit, unit);

    public static Budget LessOrEqual(Metric metric, decimal limit, string unit = "ms") => Budget(metric, Comparison.LessOrEqual, limit, unit);

    public static Budget Greater(Metric metric, decimal limit) => Budget(metric, Comparison.Greater, limit, "");

    public static Budget Errors(decimal percent, Comparison comparison = Comparison.LessOrEqual) =>
        Budget(new(MetricFamily.Errors, "", Statistic.Total, 0, Quantity.Share, HigherIsBetter: false), comparison, percent, "%");

    public static Budget Relative(BudgetKind kind, Metric? metric = null) =>
        new(metric ?? Percentile(99), Comparison.Less, new Limit(kind, null, 10, null));

    public static PerfPlan Plan(params Budget[] budgets) => new(
        "Tests.Endpoint",
        Load(new LoadPhase.FixedRequests(1_000, 1)),
        [.. budgets.Select(b => new PlannedBudget(b, "test"))],
        new VerdictPolicy(),
        PerfMode.Gate,
        "default",
        Price: null,
        "results",
        []);

    public static LoadPlan Load(params LoadPhase[] phases) =>
        new(new LoadExpression([.. phases]), WarmUp.None, 1, Arrivals.Constant, TimeSpan.FromSeconds(30), 1_000, 1);

    public static Measurement Measurement(params Round[] rounds) =>
        new([.. rounds.Select((r, i) => r with { Index = i })], Healthy, 0, 0, OpenLoop: true, Aborted: null);

    /// <summary>A round of ten seconds whose requests all succeeded in these milliseconds, in this order.</summary>
    public static Round Round(IReadOnlyCollection<double> milliseconds, long timedOut = 0, long failed = 0)
    {
        var latency = Histogram(milliseconds);
        var succeeded = milliseconds.Count;
        var requests = succeeded + timedOut + failed;
        var trace = milliseconds.Select(m => (float)(m * 1e6)).ToList();
        for (var i = 0; i < timedOut; i++)
        {
            trace.Insert((int)(i * trace.Count / timedOut), float.PositiveInfinity);
        }

        return new Round
        {
            Index = 0,
            Variant = Variant.Candidate,
            Latency = latency,
            ServiceTime = latency,
            SendLag = Histogram(Enumerable.Repeat(.05, (int)requests)),
            ConnectionWait = Histogram([]),
            ReadLag = Histogram([]),
            Lateness = Histogram(Enumerable.Repeat(.05, (int)requests)),
            FailedDurations = Histogram([]),
            Series = ImmutableSortedDictionary<string, HistogramBase>.Empty,
            Succeeded = succeeded,
            Failed = failed + timedOut,
            TimedOut = timedOut,
            Good = succeeded,
            QueuedAtMaxInFlight = 0,
            Abandoned = 0,
            InputTokens = 0,
            OutputTokens = 0,
            BytesSent = 0,
            BytesReceived = 0,
            Span = TimeSpan.FromSeconds(10),
            ScheduledSpan = TimeSpan.FromSeconds(10),
            Scheduled = requests,
            CompletionsPerSlice = [.. Enumerable.Range(0, 100).Select(i => Slice(succeeded, i))],
            SliceLength = TimeSpan.FromMilliseconds(100),
            Trace = new LatencyTrace([[.. trace]]),
            Errors = [],
        };
    }

    /// <summary>A round of streams whose first tokens came after 100 ms, and of others that timed out without one.</summary>
    public static Round Hung(int streams, long hung) => Round(Requests(streams, 0), timedOut: hung) with
    {
        Series = streams == 0 ? ImmutableSortedDictionary<string, HistogramBase>.Empty
            : ImmutableSortedDictionary<string, HistogramBase>.Empty.Add("ttft", Histogram(Enumerable.Repeat(100.0, streams))),
        TimedOutWithoutToken = hung,
    };

    /// <summary>Requests of which every k-th of n is slow: no two of them neighbours, and exactly <paramref name="slow"/> of them.</summary>
    public static double[] Requests(int count, int slow, double fast = 10, double slowly = 500) =>
        [.. Enumerable.Range(0, count).Select(i => (long)i * slow / count != (long)(i + 1) * slow / count ? slowly : fast)];

    public static LongHistogram Histogram(IEnumerable<double> milliseconds)
    {
        var histogram = new LongHistogram(1, 3_600_000_000_000, 3);
        foreach (var value in milliseconds)
        {
            histogram.RecordValue((long)(value * 1e6));
        }

        return histogram;
    }

    // Slices must vary: a constant series has an interval without width.
    private static long Slice(int succeeded, int index) => (succeeded / 100) + (index % 3) - 1;

    private static Budget Budget(Metric metric, Comparison comparison, decimal limit, string unit) =>
        new(metric, comparison, new Limit(BudgetKind.Absolute, new Amount(limit, unit), 0, null));

    /// <summary>A hundred probes that waited this long.</summary>
    public static HistogramBase Delays(double milliseconds)
    {
        var delays = Histograms.Recorder();
        delays.RecordValueWithCount((long)(milliseconds * 1e6), 100);
        return delays;
    }
}
