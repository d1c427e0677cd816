using System.Collections.Immutable;
using HdrHistogram;
using PerfAssert.Environments;
using PerfAssert.Planning;
using PerfAssert.Runs;

namespace PerfAssert.Tests.Runs;

/// <summary>Run files made by hand: the same on every machine.</summary>
internal static class RunFiles
{
    public static EnvironmentFingerprint Fingerprint { get; } = new(
        "AMD EPYC 7571", 4, 16, "NVIDIA A10G", "550.54.15", "Ubuntu 24.04.2 LTS", "X64", ".NET 10.0.0", false, true, "on", true);

    public static RunFile Passing { get; } = new()
    {
        LibraryVersion = "0.1.0",
        TestName = "ModelPerfTests.SentimentEndpoint.Classify",
        StartedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero),
        DurationMs = 35_678,
        Mode = RunMode.Gate,
        Outcome = RunOutcome.Passed,
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Plan = new RunPlan(
            new RunLoad("200 rps for 30 s", 5_000, null, 1, Arrivals.Poisson, 30_000, 1_000, 1, null, true),
            [new RunBudget("p50 < 20 ms", "[Budget] on the method"), new RunBudget("p99 < 200 ms", "[Budget] on the method")],
            new RunPolicy(0.95, InconclusivePolicy.Observed, NotComparablePolicy.Warn),
            "ci",
            new RunPrice(0.096, "perf-budgets.json:7:30"),
            ["price 0.096 USD an hour, from perf-budgets.json:7:30"]),
        Fingerprint = Fingerprint,
        Generator = new RunGenerator(1_260, 30_050, 4, 0.0105, 12.5, 3.21, 14, 0.312, 4.5, 3),
        OpenLoop = true,
        WarmUpRequests = 1_000,
        WarmUpFailures = 0,
        Aborted = null,
        Ended = null,
        MeasuredMs = 30_020,
        Verdicts =
        [
            Verdict("p50 < 20 ms") with { Observed = 12.34e6, Lower = 12.1e6, Upper = 12.6e6, Limit = 20e6 },
            Verdict("p99 < 200 ms") with { Observed = 48.7e6, Lower = 46.1e6, Upper = 51.9e6, Limit = 200e6, EffectiveCount = 2_400 },
            Verdict("errors <= 0 %") with { Unit = RunUnit.Share, Observed = 0, Lower = 0, Upper = 0.000499, Limit = 0, Source = "default" },
            Verdict("$/1k req < 0.02") with { Unit = RunUnit.Usd, Observed = 0.000133, Lower = 0.00013, Upper = 0.000136, Limit = 0.02 },
        ],
        InvalidReasons = [],
        Warnings = [],
        Errors = [],
        Rounds = [Round(0, 6_000)],
    };

    public static RunChange Change { get; } = new(.184, .152, .217, .1, false, 1 / 256.0, 1 / 256.0, 16, .123, null, false, 20.4e6, [24e6, 24.3e6], [20.3e6, 20.5e6], .985);

    public static RunVerdict Verdict(string budget) => new(
        budget, "[Budget] on the method", budget.Split(' ')[0], RunVerdictKind.Met, true, false, RunUnit.Nanoseconds, null, null, null, null, 6_000, 6_000, null, null);

    public static RunRound Round(int index, int succeeded, long timedOut = 0, long failed = 0)
    {
        var latency = Spread(succeeded, 12_000_000, 50_000_000);
        return new RunRound
        {
            Index = index,
            Variant = Variant.Candidate,
            Succeeded = succeeded,
            Failed = failed + timedOut,
            TimedOut = timedOut,
            Good = succeeded,
            QueuedAtMaxInFlight = 0,
            Abandoned = 0,
            InputTokens = 96_000,
            OutputTokens = 0,
            BytesSent = 1_200_000,
            BytesReceived = 2_400_000,
            SpanMs = 30_020,
            ScheduledSpanMs = 30_000,
            Scheduled = succeeded + failed + timedOut,
            RequestsPerSecond = (succeeded + failed + timedOut) / 30.02,
            SucceededPerSecond = succeeded / 30.02,
            GoodPerSecond = succeeded / 30.02,
            Latency = RunDistribution.Of(latency, timedOut),
            ServiceTime = RunDistribution.Of(Spread(succeeded, 11_800_000, 49_000_000), timedOut),
            SendLag = RunDistribution.Of(Spread((int)(succeeded + failed + timedOut), 21_000, 900_000)),
            ConnectionWait = RunDistribution.Of(Spread(0, 1, 2)),
            Lateness = RunDistribution.Of(Spread((int)(succeeded + failed + timedOut), 21_000, 900_000)),
            FailedDurations = RunDistribution.Of(Spread((int)(failed + timedOut), 1_000_000, 2_000_000)),
            Series = ImmutableSortedDictionary<string, RunDistribution>.Empty.Add("ttft", RunDistribution.Of(Spread(succeeded, 5_000_000, 9_000_000))),
            SliceMs = 100,
            CompletionsPerSlice = [19, 21, 20, 0, 40],
            Errors = [],
        };
    }

    /// <summary>A known shape: most values rise evenly to twice the base, the last hundredth lies at the tail.</summary>
    public static HistogramBase Spread(int count, long from, long tail)
    {
        var histogram = new LongHistogram(1, 86_400_000_000_000, 3);
        for (var i = 0; i < count; i++)
        {
            histogram.RecordValue(i >= count * 99 / 100 ? tail + i : from + (from * i / count));
        }

        return histogram;
    }
}
