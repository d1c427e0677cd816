using FluentAssertions;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Runs;
using Xunit;

namespace PerfAssert.Tests.Runs;

public sealed class RunFileBuilderTests
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    [Fact]
    public void Plan_and_verdicts_are_taken_over()
    {
        var run = Build(Recorded.Broken, Recorded.Round(0));

        run.Outcome.Should().Be(RunOutcome.Failed);
        run.Plan.Load.Should().BeEquivalentTo(new { Rounds = 5, Arrivals = Arrivals.Poisson, RequestTimeoutMs = 30_000.0, MaxInFlight = 1_000, Seed = 7, WarmUpRequests = 20L });
        run.Plan.Policy.Should().Be(new RunPolicy(0.99, InconclusivePolicy.Warn, NotComparablePolicy.Fail));
        run.Verdicts.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Metric = "p99",
            Verdict = RunVerdictKind.Broken,
            Unit = RunUnit.Nanoseconds,
            Limit = 200e6,
            Lower = 190e6,
            Upper = (double?)null,
            EffectiveCount = 2_400.5,
            NeededCount = 9_000L,
        });
        run.Rounds[0].SucceededPerSecond.Should().Be(200);
    }

    [Fact]
    public void What_the_generator_cost_is_taken_over() => Build(Recorded.Broken, Recorded.Round(0)).Generator.Should().Be(
        new RunGenerator(1_500, 30_000, 2, 0.025, 12.5, 3, 4, 0, 0, 5, CoreWaitMs: 60, CoresIdle: 0.4, CoresStolen: 0.12, ThrottledMs: 7));

    [Fact]
    public void A_run_with_invalid_reasons_is_invalid_whatever_was_judged() =>
        Build(Recorded.Broken with { Passed = true, InvalidReasons = ["late"] }, Recorded.Round(0)).Outcome.Should().Be(RunOutcome.Invalid);

    [Fact]
    public void A_run_cut_off_before_its_first_round_can_be_told() =>
        Build(Recorded.Broken).Rounds.Should().BeEmpty();

    [Fact]
    public void Every_verdict_has_a_word() =>
        Enum.GetValues<Verdict>().Select(verdict => Build(Recorded.Broken with { Verdicts = [Recorded.Verdict with { Verdict = verdict }] }).Verdicts[0].Verdict.ToString())
            .Should().Equal(Enum.GetNames<Verdict>());

    [Fact]
    public void Errors_of_all_rounds_are_grouped_with_the_first_example()
    {
        var run = Build(
            Recorded.Broken,
            Recorded.Round(0, new ErrorGroup("Fail", "empty", 2, Early * 5, "later")),
            Recorded.Round(1, new ErrorGroup("Fail", "empty", 3, Early, "example"), new ErrorGroup("Timeout", "30 s", 9, Early, "timeout")));

        run.Errors.Should().Equal(
            new RunError("Timeout", "30 s", 9, 1, 1_000, "timeout"),
            new RunError("Fail", "empty", 5, 0, 5_000, "later"));
        run.Rounds[1].Errors.Should().Equal(
            new RunError("Timeout", "30 s", 9, 1, 1_000, ""),
            new RunError("Fail", "empty", 3, 1, 1_000, ""));
    }

    [Fact]
    public void Errors_that_differ_only_in_a_secret_are_one_group_without_it()
    {
        var run = Build(
            Recorded.Broken with { Warnings = ["Bearer abcdef"], InvalidReasons = ["token=abcdef"] },
            Recorded.Round(
                0,
                new ErrorGroup("Fail", "GET http://u:one@host/?k=abcdef", 1, Early, "x-api-key: abcdef"),
                new ErrorGroup("Fail", "GET http://u:two@host/?k=ghijkl", 1, Early, "x-api-key: ghijkl")));

        run.Errors.Should().Equal(new RunError("Fail", "GET http://***@host/?k=***", 2, 0, 1_000, "x-api-key: ***"));
        run.Warnings.Concat(run.InvalidReasons).Should().Equal("Bearer ***", "token=***");
    }

    [Fact]
    public void Servers_are_named_by_version_with_every_cold_start()
    {
        MeasuredServer Start(string image, double seconds) => new("Triton", image) { Digest = "sha256:" + image, ColdStart = TimeSpan.FromSeconds(seconds), IsUnderTest = true };
        var uses = new ServerUse[] { new(Variant.Reference, Start("b", 1)), new(Variant.Candidate, Start("a", 2)), new(Variant.Candidate, Start("a", 3)) };

        var run = RunFileBuilder.Build(
            Recorded.Plan, Recorded.Measurement(Recorded.Round(0)) with { Servers = [.. uses] }, Recorded.Broken, RunFiles.Fingerprint, DateTimeOffset.UnixEpoch, TimeSpan.Zero);

        run.Servers!.Value.Should().BeEquivalentTo(
            new[] { new RunServer(Variant.Candidate, "Triton", "a", "sha256:a", true, [2_000, 3_000]), new RunServer(Variant.Reference, "Triton", "b", "sha256:b", true, [1_000]) },
            options => options.WithStrictOrdering());
        PerfAssert.Reports.ConsoleReport.Render(run, null).Should()
            .Contain("Candidate: Triton a (sha256:a), ready after 2 s to 3 s in 2 starts").And.Contain("Reference: Triton b (sha256:b), ready after 1 s");
    }

    [Fact]
    public void What_is_not_known_of_the_machine_is_a_warning()
    {
        var run = RunFileBuilder.Build(
            Recorded.Plan, Recorded.Measurement(Recorded.Round(0)), Recorded.Broken, RunFiles.Fingerprint with { Gpu = "unknown" }, DateTimeOffset.UnixEpoch, TimeSpan.Zero);

        run.Warnings.Should().ContainSingle(warning => warning.StartsWith("the GPU is unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_example_is_cut()
    {
        var run = Build(Recorded.Broken, Recorded.Round(0, new ErrorGroup("Fail", "big", 1, Early, new string('x', 1_000_000))));

        run.Errors[0].Example.Should().HaveLength(4_001).And.EndWith("x…");
    }

    [Fact]
    public void An_example_cut_in_a_secret_has_nothing_of_it()
    {
        // Much of what is looked at is one long secret, so that what follows moves into what is shown.
        var example = $"token={new string('x', 7_000)} " + new string('y', 500) + " https://user:" + new string('p', 60_000) + "@host";

        var shown = Build(Recorded.Broken, Recorded.Round(0, new ErrorGroup("Fail", "big", 1, Early, example))).Errors[0].Example;

        shown.Should().StartWith("token=*** yyy").And.NotContain("ppp").And.EndWith("…");
    }

    [Fact]
    public void Quantiles_are_infinite_among_timeouts_and_missing_without_samples()
    {
        var latency = RunDistribution.Of(RunFiles.Spread(98, 1_000_000, 2_000_000), beyond: 2);
        var none = RunDistribution.Of(RunFiles.Spread(0, 1, 1));

        latency.P99Ms.Should().Be(double.PositiveInfinity);
        latency.P95Ms.Should().BeApproximately(1.94, 0.03);
        latency.MaxMs.Should().Be(double.PositiveInfinity);
        none.Should().BeEquivalentTo(new { Count = 0L, MeanMs = (double?)null, P50Ms = (double?)null, MaxMs = (double?)null });
    }

    [Fact]
    public void Quantiles_agree_with_the_sorted_sample()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 1_001).Select(_ => random.NextInt64(1_000_000, 500_000_000)).Order().ToList();
        var histogram = new HdrHistogram.LongHistogram(1, 86_400_000_000_000, 3);
        values.ForEach(histogram.RecordValue);

        var distribution = new Distribution([(histogram, 0)]);

        foreach (var fraction in new[] { 0.5, 0.9, 0.99, 0.999 })
        {
            distribution.Quantile(fraction).Should().BeInRange(values[(int)(fraction * 1_000)] * 0.999, values[(int)(fraction * 1_000)] * 1.001);
        }

        distribution.Mean.Should().BeApproximately(values.Average(), values.Average() * 0.001);
    }

    private static RunFile Build(Judgement judgement, params Round[] rounds) => RunFileBuilder.Build(
        Recorded.Plan, Recorded.Measurement(rounds), judgement, RunFiles.Fingerprint, RunFiles.Passing.StartedAt, TimeSpan.FromSeconds(33));
}
