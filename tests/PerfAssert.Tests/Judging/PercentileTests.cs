using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class PercentileTests
{
    [Theory]
    [InlineData(1_000, 4, Verdict.Met)]
    [InlineData(1_000, 5, Verdict.Inconclusive)]
    [InlineData(1_000, 15, Verdict.Inconclusive)]
    [InlineData(1_000, 16, Verdict.Broken)]
    [InlineData(299, 0, Verdict.Met)]
    [InlineData(298, 0, Verdict.Inconclusive)]
    [InlineData(100, 4, Verdict.Broken)]
    internal void P99_is_decided_by_the_count_over_the_limit(int requests, int slow, Verdict verdict) =>
        Judged(Make.Less(Make.Percentile(99), 200), Make.Requests(requests, slow)).Verdict.Should().Be(verdict);

    [Theory]
    [InlineData(38, Verdict.Met)]
    [InlineData(50, Verdict.Inconclusive)]
    [InlineData(63, Verdict.Broken)]
    internal void A_lower_percentile_is_decided_alike(int slow, Verdict verdict) =>
        Judged(Make.Less(Make.Percentile(95), 200), Make.Requests(1_000, slow)).Verdict.Should().Be(verdict);

    [Fact]
    public void A_sample_that_cannot_show_the_percentile_says_how_many_requests_would()
    {
        var verdict = Judged(Make.Less(Make.Percentile(99), 200), Make.Requests(100, 0));

        verdict.NeededCount.Should().Be(299);
        verdict.Note.Should().Be("p99 cannot be shown by 100 requests: 299 are needed");
        verdict.Passed.Should().BeTrue("the observed value decides by default");
        verdict.Upper.Should().BeNull();
    }

    [Fact]
    public void Three_looks_share_the_level_and_the_note_says_so()
    {
        var plan = Make.Plan(Make.Less(Make.Percentile(99), 200));

        var verdict = Judge.Decide(plan, Make.Measurement(Make.Round(Make.Requests(300, 0)))).Verdicts.Single();

        verdict.NeededCount.Should().Be(418);
        verdict.Note.Should().EndWith("418 are needed (3 looks share the 5 % error)");
    }

    [Fact]
    public void A_service_at_its_budget_is_told_that_it_can_be_proved_neither_way() =>
        Judged(Make.Less(Make.Percentile(99), 200), Make.Requests(1_000, 10)).Note.Should().Be(
            "10 of 1,000 requests over the limit, 1 % allowed: at most 4 would prove it met and at least 16 broken; " +
            "a service at its budget can be proved neither way");

    [Fact]
    public void A_met_budget_has_its_value_interval_and_sample_size()
    {
        var round = Make.Round([.. Enumerable.Range(1, 1_000).Select(i => i / 10.0)]) with { Trace = LatencyTrace.Empty };

        var verdict = Judged(Make.Less(Make.Percentile(99), 200), round);

        verdict.Verdict.Should().Be(Verdict.Met);
        verdict.Observed.Should().BeApproximately(99.0e6, .1e6);
        verdict.Lower.Should().BeApproximately(98.3e6, .3e6);
        verdict.Upper.Should().BeApproximately(99.7e6, .3e6);
        verdict.Count.Should().Be(1_000);
        verdict.Note.Should().BeNull();
    }

    [Fact]
    public void A_value_equal_to_the_limit_breaks_less_than_and_meets_at_most()
    {
        var requests = Enumerable.Repeat(20.0, 1_000).ToArray();

        Judged(Make.Less(Make.Percentile(99), 20), requests).Verdict.Should().Be(Verdict.Broken);
        Judged(Make.LessOrEqual(Make.Percentile(99), 20), requests).Verdict.Should().Be(Verdict.Met);
        Judged(Make.LessOrEqual(Make.Percentile(99), 20), requests[..10]).Passed.Should().BeTrue();
        Judged(Make.Less(Make.Percentile(99), 20), requests[..2]).Passed.Should().BeFalse();
    }

    [Theory]
    [InlineData(MetricFamily.Latency)]
    [InlineData(MetricFamily.ServiceTime)]
    internal void Timeouts_are_slower_than_every_limit(MetricFamily family)
    {
        var budget = Make.Less(Make.Percentile(99, family), 60_000);

        var verdict = Judged(budget, Make.Round(Make.Requests(980, 0), timedOut: 20));

        verdict.Verdict.Should().Be(Verdict.Broken);
        verdict.Observed.Should().Be(double.PositiveInfinity);
        verdict.Count.Should().Be(1_000);
        verdict.Upper.Should().BeNull();
    }

    [Fact]
    public void A_stream_that_hung_before_its_first_token_is_slower_than_every_limit_on_it()
    {
        var verdict = Judged(Make.Less(Make.Percentile(99, MetricFamily.TimeToFirstToken), 500), Make.Hung(1_940, 60));

        verdict.Verdict.Should().Be(Verdict.Broken);
        verdict.Observed.Should().Be(double.PositiveInfinity);
        verdict.Count.Should().Be(2_000);
        verdict.Note.Should().BeNull();
    }

    [Fact]
    public void A_round_in_which_every_stream_hung_counts()
    {
        var plan = Make.Plan(Make.Less(Make.Percentile(99, MetricFamily.TimeToFirstToken), 500));

        Judge.Decide(plan, Make.Measurement(Make.Hung(1_940, 0), Make.Hung(0, 60)), 1, 1).Verdicts[0].Should()
            .Match<BudgetVerdict>(v => v.Observed == double.PositiveInfinity && v.Count == 2_000 && !v.Passed, "it is one outage, so it proves little");
    }

    [Fact]
    public void Timeouts_alone_measure_no_first_token()
    {
        var round = Make.Round(Make.Requests(980, 0), timedOut: 20) with { TimedOutWithoutToken = 20 };

        Judged(Make.Less(Make.Percentile(99, MetricFamily.TimeToFirstToken), 500), round).Verdict.Should().Be(Verdict.NotMeasured);
    }

    [Fact]
    public void Failures_that_did_not_time_out_are_no_latency_samples() =>
        Judged(Make.Less(Make.Percentile(99), 200), Make.Round(Make.Requests(1_000, 0), failed: 500)).Count.Should().Be(1_000);

    [Fact]
    public void Autocorrelated_requests_count_for_fewer()
    {
        // 30 bursts of 50: slow ones come in runs.
        double[] bursts = [.. Enumerable.Range(0, 1_500).Select(i => i / 50 % 10 == 0 ? 500.0 : 10.0)];

        var verdict = Judged(Make.Less(Make.Percentile(85), 200), bursts);

        verdict.Verdict.Should().Be(Verdict.Inconclusive, "150 of 1,500 would prove p85 if they were independent");
        verdict.EffectiveCount.Should().BeLessThan(150);
        verdict.Note.Should().Contain("autocorrelation");
    }

    [Fact]
    public void Failures_between_latencies_change_nothing_about_them()
    {
        var round = Make.Round(Make.Requests(1_500, 150));
        var failing = round with { Trace = new LatencyTrace([[.. round.Trace.Blocks[0].SelectMany((v, i) => i % 10 == 0 ? new[] { v, float.NaN } : [v])]]) };
        var budget = Make.Less(Make.Percentile(85), 200);

        Judged(budget, failing).EffectiveCount.Should().Be(Judged(budget, round).EffectiveCount);
    }

    [Fact]
    public void Rounds_that_differ_too_much_do_not_prove_what_their_requests_together_would()
    {
        Round[] rounds = [Make.Round(Make.Requests(1_000, 400)), .. Enumerable.Repeat(Make.Round(Make.Requests(1_000, 0)), 4)];
        var plan = Make.Plan(Make.Less(Make.Percentile(95), 200));

        // Without a trace the requests look independent.
        var verdict = Judge.Decide(plan, Make.Measurement([.. rounds.Select(r => r with { Trace = LatencyTrace.Empty })]), 1, 1).Verdicts[0];

        verdict.Verdict.Should().Be(Verdict.Inconclusive);
        verdict.Note.Should().Contain("the rounds differ too much");
        verdict.Passed.Should().BeFalse("p95 was observed over the limit");
    }

    [Fact]
    public void Gaps_between_tokens_count_by_requests()
    {
        var round = Make.Round(Make.Requests(200, 0)) with { OutputTokens = 20_000 };
        round = round with { Series = round.Series.Add("itl", Make.Histogram(Enumerable.Repeat(5.0, 20_000))) };

        var verdict = Judged(Make.Less(Make.Percentile(99, MetricFamily.InterTokenLatency), 20), round);

        verdict.EffectiveCount.Should().Be(200);
        verdict.Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Theory]
    [InlineData(MetricFamily.InterTokenLatency, "itl")]
    [InlineData(MetricFamily.Recorded, "step")]
    internal void Several_observations_of_a_request_count_by_requests_that_are_alike(MetricFamily family, string series)
    {
        // 30 bursts of 50: slow ones come in runs, and each request has 10 values. Half of the requests failed, and have none.
        var round = Make.Round([.. Enumerable.Range(0, 1_500).Select(i => i / 50 % 20 == 0 ? 500.0 : 10.0)], failed: 1_500);
        round = round with { Series = round.Series.Add("once", Make.Histogram(Enumerable.Repeat(5.0, 1_500))).Add(series, Make.Histogram(Enumerable.Repeat(5.0, 15_000))) };

        var once = Judged(Make.Less(Make.Percentile(99, MetricFamily.Recorded, "once"), 20), round);
        var several = Judged(Make.Less(Make.Percentile(99, family, series), 20), round);
        var mean = Judged(Make.Less(Make.Of(Statistic.Mean, family) with { Series = series }, 20), round);

        once.EffectiveCount.Should().BeLessThan(100, "neighbours are alike");
        several.EffectiveCount.Should().Be(once.EffectiveCount);
        mean.EffectiveCount.Should().Be(once.EffectiveCount, "values of the latency go the same way as its tail");
    }

    [Fact]
    public void A_series_of_only_some_requests_says_so()
    {
        var round = Make.Round(Make.Requests(1_000, 0));
        round = round with { Series = round.Series.Add("embed", Make.Histogram(Enumerable.Repeat(5.0, 400))) };

        var verdict = Judged(Make.Less(Make.Percentile(99, MetricFamily.Recorded, "embed"), 20), round);

        verdict.Verdict.Should().Be(Verdict.Met);
        verdict.Note.Should().Be("only 400 values from 1,000 successful requests");
    }

    [Fact]
    public void The_references_rounds_are_not_judged()
    {
        var reference = Make.Round(Make.Requests(1_000, 1_000)) with { Variant = Variant.Reference };
        var plan = Make.Plan(Make.Less(Make.Percentile(99), 200));

        Judge.Decide(plan, Make.Measurement(Make.Round(Make.Requests(1_000, 0)), reference), 1, 1).Passed.Should().BeTrue();
    }

    private static BudgetVerdict Judged(Budget budget, double[] milliseconds) => Judged(budget, Make.Round(milliseconds));

    private static BudgetVerdict Judged(Budget budget, Round round) =>
        Judge.Decide(Make.Plan(budget), Make.Measurement(round), looks: 1, look: 1).Verdicts.Single();
}
