using FluentAssertions;
using PerfAssert.Reports;
using PerfAssert.Runs;
using PerfAssert.Tests.Judging;
using PerfAssert.Tests.Runs;
using Snapshooter.Xunit;
using Xunit;

namespace PerfAssert.Tests.Reports;

/// <summary>
/// The text people read. A snapshot that is missing is written; with <c>SNAPSHOOTER_STRICT_MODE=true</c>, as the build server sets it,
/// it fails instead.
/// </summary>
public sealed class ConsoleReportTests
{
    private const string Path = "/repo/perf-results/20260304-050607.089-ModelPerfTests.SentimentEndpoint.Classify-0a1b2c3d.json";

    private static readonly RunFile Passing = RunFiles.Passing;

    [Fact]
    public void A_run_within_its_budgets() => Match(Passing);

    [Fact]
    public void A_broken_budget() => Match(Passing with
    {
        Outcome = RunOutcome.Failed,
        Verdicts =
        [
            Passing.Verdicts[0],
            Passing.Verdicts[1] with { Verdict = RunVerdictKind.Broken, Passed = false, Observed = 312.4e6, Lower = 290.2e6, Upper = 351.7e6 },
            RunFiles.Verdict("p99.9 < 1 s") with { Observed = double.PositiveInfinity, Lower = 2.4e9, Limit = 1e9, Verdict = RunVerdictKind.Broken, Passed = false, Source = "perf-budgets.json:12:20" },
            RunFiles.Verdict("errors < 0.1 %") with { Unit = RunUnit.Share, Observed = 0.00183, Lower = 0.00091, Upper = 0.0033, Limit = 0.001, Verdict = RunVerdictKind.Inconclusive, Passed = false, NeededCount = 21_000, Note = "the limit lies inside of the interval" },
            RunFiles.Verdict("p95 < baseline + 10 % or 2 ms") with { Verdict = RunVerdictKind.NotComparable, Warned = true, Observed = 24.2e6, Note = "there is no baseline for environment ci" },
        ],
        Rounds = [RunFiles.Round(0, 2_994, timedOut: 3, failed: 3), RunFiles.Round(1, 2_995, timedOut: 4, failed: 1)],
        Plan = Passing.Plan with { Load = Passing.Plan.Load with { Rounds = 2 } },
        Errors =
        [
            new RunError("Timeout", "no answer within 30 s", 7, 0, 3_210, "no answer within 30 s"),
            new RunError(
                "System.Net.Http.HttpRequestException",
                "Response status code does not indicate success: 503 (Service Unavailable).",
                4,
                1,
                12_345,
                """
                System.Net.Http.HttpRequestException: Response status code does not indicate success: 503 (Service Unavailable).
                   at System.Net.Http.HttpResponseMessage.EnsureSuccessStatusCode()
                   at ModelPerfTests.TritonClient.InferAsync(String model, String text, CancellationToken cancellationToken) in /repo/tests/ModelPerfTests/TritonClient.cs:line 42
                   at ModelPerfTests.SentimentEndpoint.Classify(PerfRequest request)
                   at A.B()
                   at A.C()
                   at A.D()
                """),
        ],
        Warnings = ["latency rose by 12 % from the first round to the last"],
    });

    [Fact]
    public void An_unproven_budget() => Match(Passing with
    {
        Rounds = [RunFiles.Round(0, 100) with { Scheduled = 0, ScheduledSpanMs = 0 }],
        OpenLoop = false,
        WarmUpRequests = 10,
        WarmUpFailures = 1,
        Plan = Passing.Plan with { Load = Passing.Plan.Load with { Expression = "100 requests by 10 users" } },
        Verdicts =
        [
            RunFiles.Verdict("p99 < 200 ms") with { Verdict = RunVerdictKind.Inconclusive, Observed = 48.7e6, Lower = 23.1e6, Limit = 200e6, Count = 100, EffectiveCount = 100, NeededCount = 368, Note = "100 requests cannot show p99" },
        ],
    });

    [Fact]
    public void A_client_bound_run() => Match(Passing with
    {
        Outcome = RunOutcome.Invalid,
        InvalidReasons = ["client-bound: sends were late, p99 81 ms, and a p99 budget of 200 ms allows 10 ms", "client-bound: the process used 97 % of 4 cores"],
        Verdicts = [.. Passing.Verdicts.Select(verdict => verdict with { Passed = false })],
        Generator = Passing.Generator with { ProcessorShare = 0.974, ProcessorMs = 117_000, ThreadPoolDelayP99Ms = 0, ThreadPoolDelayMaxMs = 0 },
        Rounds = [Passing.Rounds[0] with { QueuedAtMaxInFlight = 12, Abandoned = 1 }],
    });

    [Fact]
    public void A_CPU_quota_and_how_long_it_stopped_the_process() => ConsoleReport
        .Render(Passing with { Generator = Passing.Generator with { Cores = 1.5, ProcessorShare = 0.934, CoreWaitMs = 6_000, ThrottledMs = 800 } }, null)
        .Should().Contain(" per request, 93.4 % of 1.5 cores, waited 1 ms per request for a core, stopped for 800 ms by its CPU quota");

    [Theory]
    [InlineData(0.123, "waited 1 ms per request for a core, 40 % of them idle, 12.3 % taken by other virtual machines\n")]
    [InlineData(0.0004, "waited 1 ms per request for a core, 40 % of them idle\n")]
    public void What_other_virtual_machines_took_of_the_cores(double stolen, string text) => ConsoleReport
        .Render(Passing with { Generator = Passing.Generator with { CoreWaitMs = 6_000, CoresIdle = 0.4, CoresStolen = stolen } }, null)
        .ReplaceLineEndings("\n").Replace("\n    ", " ").Should().Contain(text);

    [Fact]
    public void How_late_answers_were_read_where_the_client_tells() => ConsoleReport
        .Render(Passing with { Rounds = [Passing.Rounds[0] with { ReadLag = RunDistribution.Of(Make.Histogram([0.07, 0.07, 0.4])) }] }, null)
        .Should().Contain("  read lag, of 3 requests: p50 70 µs, p99 393 µs, max 400 µs; taken off the latency");

    [Fact]
    public void A_server_that_answers_only_errors() => Match(Passing with
    {
        Outcome = RunOutcome.Failed,
        Rounds = [RunFiles.Round(0, 0, failed: 6_000) with { Series = Passing.Rounds[0].Series.Clear(), CompletionsPerSlice = [] }],
        Verdicts =
        [
            RunFiles.Verdict("p99 < 200 ms") with { Verdict = RunVerdictKind.NotMeasured, Passed = false, Limit = 200e6, Count = 0, EffectiveCount = null, Note = "no request succeeded" },
            RunFiles.Verdict("errors <= 0 %") with { Verdict = RunVerdictKind.Broken, Passed = false, Unit = RunUnit.Share, Observed = 1, Lower = 0.9995, Upper = 1, Limit = 0, Source = "default" },
        ],
        Errors = [new RunError("System.Net.Http.HttpRequestException", "Connection refused (localhost:8000)", 6_000, 0, 0.42, "")],
    });

    [Fact]
    public void A_smoke_run()
    {
        var report = ConsoleReport.Render(
            Passing with
            {
                Mode = RunMode.Smoke,
                Rounds = [RunFiles.Round(0, 1)],
                WarmUpRequests = 0,
                Plan = Passing.Plan with { Notes = [] },
                DurationMs = 84,
                Verdicts = [RunFiles.Verdict("errors <= 0 %") with { Unit = RunUnit.Share, Observed = 0, Limit = 0, Count = 1, EffectiveCount = 1, Source = "default" }],
            },
            null);

        Snapshot.Match(report);
        report.Should().NotContain("Run file");
    }

    [Fact]
    public void Long_theory_arguments_and_a_comparison() => Match(Passing with
    {
        TestName = "ModelPerfTests.SentimentEndpoint.Classify(length: 512, text: \"" + string.Join(' ', Enumerable.Repeat("a text about nothing", 8)) + "\")",
        Verdicts = [RunFiles.Verdict("server.queue.p95 < reference + 12.5 % or 2.25 ms") with { Observed = 1.9996e6, Lower = 1.9e6, Upper = 2.1e6 }],
        Rounds = [RunFiles.Round(0, 3_000), RunFiles.Round(1, 3_000) with { Variant = Variant.Reference }],
    });

    [Fact]
    public void A_comparison_with_a_reference() => Match(Passing with
    {
        Outcome = RunOutcome.Failed,
        Verdicts =
        [
            Passing.Verdicts[0],
            RunFiles.Verdict("p95 < reference + 10 %") with { Verdict = RunVerdictKind.Broken, Passed = false, Observed = 24.2e6, Change = RunFiles.Change },
            RunFiles.Verdict("p50 < reference + 5 %") with
            {
                Observed = 11.1e6,
                Note = "improved: p50 is better than the reference's by more than the budget's own size",
                Change = RunFiles.Change with { Estimate = -.08, Lower = -.1, Upper = -.06, Allowed = .05, PValue = 1, ConfirmationPValue = .996, Against = 12e6, Improved = true },
            },
            RunFiles.Verdict("p99 < reference + 15 % or 2 ms") with
            {
                Verdict = RunVerdictKind.Inconclusive,
                Warned = true,
                Observed = 48.7e6,
                Change = RunFiles.Change with { Estimate = .04, Lower = -.21, Upper = .33, Allowed = .15, PValue = .34, ConfirmationPValue = null, Rounds = 8, Against = 46.9e6, Detectable = .41, NeededRounds = 31 },
            },
            RunFiles.Verdict("errors <= reference") with
            {
                Unit = RunUnit.Share,
                Observed = .0031,
                Change = RunFiles.Change with { Estimate = -.0004, Lower = -.001, Upper = 0, Allowed = 0, IsDifference = true, PValue = 1, ConfirmationPValue = null, Rounds = 8, Against = .0035, Detectable = .0012 },
            },
        ],
        Rounds = [RunFiles.Round(0, 3_000), RunFiles.Round(1, 3_000) with { Variant = Variant.Reference }],
    });

    [Fact]
    public void Series_with_long_names_show_whose_they_are()
    {
        var series = Passing.Rounds[0].Series.Add("tokenization_and_embedding", Passing.Rounds[0].Series["ttft"]);
        var run = Passing with { Rounds = [RunFiles.Round(0, 3_000) with { Series = series }, RunFiles.Round(1, 3_000) with { Series = series, Variant = Variant.Reference }] };

        ConsoleReport.Render(run, Path).Should().Contain("tokenization…, candidate").And.Contain("tokenization…, reference");
    }

    [Theory]
    [InlineData("rps > baseline - 10 %", "this plan finds -12 % or less")]
    [InlineData("p99 <= baseline - 20 %", "this plan finds -12 % or more")]
    public void What_a_plan_finds_is_worse_in_the_metrics_direction(string budget, string said)
    {
        var run = Passing with { Verdicts = [RunFiles.Verdict(budget) with { Change = RunFiles.Change with { Detectable = -.12 } }] };

        ConsoleReport.Render(run, Path).Should().Contain(said);
    }

    private static void Match(RunFile run)
    {
        var report = ConsoleReport.Render(run, Path);
        report.Split('\n').Should().OnlyContain(line => line.Length <= 120);
        Snapshot.Match(report);
    }
}
