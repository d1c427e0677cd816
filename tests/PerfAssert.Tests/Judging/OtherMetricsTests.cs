using System.Collections.Immutable;
using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class OtherMetricsTests
{
    [Theory]
    [InlineData(12, Verdict.Met)]
    [InlineData(10, Verdict.Broken)]
    [InlineData(10.95, Verdict.Inconclusive)]
    internal void The_mean_is_decided_by_its_interval(double limit, Verdict verdict)
    {
        var found = Judged(Make.Less(Make.Of(Statistic.Mean), (decimal)limit), Make.Round(Make.Requests(1_000, 100, 10, 20)));

        found.Verdict.Should().Be(verdict);
        found.Observed.Should().BeApproximately(11e6, .02e6);
        found.Lower.Should().BeLessThan(11e6);
        found.Upper.Should().BeGreaterThan(11e6);
    }

    [Fact]
    public void A_mean_over_timeouts_is_infinite_and_broken()
    {
        var verdict = Judged(Make.Less(Make.Of(Statistic.Mean), 60_000), Make.Round(Make.Requests(999, 0), timedOut: 1));

        verdict.Verdict.Should().Be(Verdict.Broken);
        verdict.Observed.Should().Be(double.PositiveInfinity);
        verdict.Note.Should().StartWith("1 of 1,000 requests timed out after 30 s");
    }

    [Theory]
    [InlineData(0, 0, Verdict.Met)]
    [InlineData(1, 0, Verdict.Broken)]
    [InlineData(0, 1, Verdict.Broken)]
    internal void The_maximum_is_a_fact_about_this_run(int slow, int timedOut, Verdict verdict)
    {
        var found = Judged(Make.Less(Make.Of(Statistic.Max), 200), Make.Round(Make.Requests(20, slow), timedOut));

        found.Verdict.Should().Be(verdict);
        found.Note.Should().StartWith("of this run");
    }

    [Theory]
    [InlineData(Statistic.Mean)]
    [InlineData(Statistic.Max)]
    internal void A_stream_that_hung_before_its_first_token_breaks_its_mean_and_maximum(Statistic statistic)
    {
        var verdict = Judged(Make.Less(Make.Of(statistic, MetricFamily.TimeToFirstToken), 60_000), Make.Hung(999, 1));

        verdict.Verdict.Should().Be(Verdict.Broken);
        verdict.Observed.Should().Be(double.PositiveInfinity);
        verdict.Note.Should().Contain("1 of 1,000 requests timed out after 30 s").And.NotContain("only");
    }

    [Theory]
    [InlineData(80, float.PositiveInfinity)]
    [InlineData(101, float.PositiveInfinity)]
    [InlineData(120, float.PositiveInfinity)]
    [InlineData(500, float.PositiveInfinity)]
    [InlineData(120, float.NaN)]
    internal void One_outage_counts_for_few_requests(int failed, float mark)
    {
        var timedOut = float.IsNaN(mark) ? 0 : failed;
        var latencies = Enumerable.Repeat(10e6f, (1_000 - failed) / 2);
        var round = Make.Round(Make.Requests(1_000 - failed, 0), timedOut, failed - timedOut) with
        {
            Trace = new LatencyTrace([[.. latencies, .. Enumerable.Repeat(mark, failed), .. latencies]]),
        };

        var found = Judged(Make.Errors(failed < 500 ? 15 : 60), round);

        found.Verdict.Should().Be(Verdict.Inconclusive, "one outage says little about the next");
        found.EffectiveCount.Should().BeLessThan(50);
    }

    [Fact]
    public void The_interval_of_failures_that_are_alike_contains_their_share()
    {
        // Autocorrelation leaves 10.9 requests and 10.0 failures, 11 of 10 if they were rounded away from each other.
        float[] requests = [.. Enumerable.Repeat(10e6f, 300), .. Enumerable.Repeat(float.NaN, 3_300)];
        var round = Make.Round(Make.Requests(300, 0), failed: 3_300) with { Trace = new LatencyTrace([.. requests.Chunk(1_024).Select(block => block.ToImmutableArray())]) };

        var found = Judged(Make.Errors(50), round);

        found.EffectiveCount.Should().Be(10);
        found.Lower.Should().BeLessThan(3_300 / 3_600.0);
        found.Upper.Should().Be(1);
    }

    [Fact]
    public void Timeouts_that_are_one_outage_count_for_few_requests_of_other_series()
    {
        var round = Make.Hung(880, 120);
        round = round with { Trace = new LatencyTrace([[.. Enumerable.Repeat(10e6f, 440), .. Enumerable.Repeat(float.PositiveInfinity, 120), .. Enumerable.Repeat(10e6f, 440)]]) };

        Judged(Make.Less(Make.Percentile(85, MetricFamily.TimeToFirstToken), 500), round)
            .Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && v.EffectiveCount < 50);
    }

    [Theory]
    [InlineData(0, 0, Verdict.Met)]
    [InlineData(0, 1, Verdict.Broken)]
    [InlineData(1, 4, Verdict.Met)]
    [InlineData(1, 10, Verdict.Inconclusive)]
    [InlineData(1, 16, Verdict.Broken)]
    [InlineData(100, 999, Verdict.Met)]
    internal void Errors_follow_the_exact_test_and_a_limit_of_zero_follows_the_fact(decimal percent, int failed, Verdict verdict)
    {
        var found = Judged(Make.Errors(percent), Make.Round(Make.Requests(1_000 - failed, 0), failed: failed));

        found.Verdict.Should().Be(verdict);
        found.Observed.Should().BeApproximately(failed / 1_000.0, 1e-12);
        found.Count.Should().Be(1_000);
        found.Lower.Should().BeLessThanOrEqualTo(failed / 1_000.0);
        found.Upper.Should().BeGreaterThanOrEqualTo(failed / 1_000.0);
    }

    [Fact]
    public void No_failure_says_which_share_would_go_unseen() =>
        Judged(Make.Errors(0), Make.Round(Make.Requests(1_000, 0))).Note.Should().Be("0 of 1,000; up to 0.299 % would go unseen");

    [Fact]
    public void An_error_budget_finer_than_the_sample_says_how_many_requests_are_needed()
    {
        var verdict = Judged(Make.Errors(.1m, Comparison.Less), Make.Round(Make.Requests(1_000, 0)));

        verdict.NeededCount.Should().Be(2_995);
        verdict.Note.Should().Be("errors of 0.1 % at most cannot be shown by 1,000 requests: 2,995 are needed");
    }

    [Theory]
    [InlineData(90, Verdict.Met)]
    [InlineData(110, Verdict.Broken)]
    [InlineData(100, Verdict.Inconclusive)]
    internal void Throughput_is_decided_by_the_interval_over_slices_of_time(decimal limit, Verdict verdict)
    {
        var found = Judged(Make.Greater(Make.Rate(MetricFamily.Throughput), limit), Make.Round(Make.Requests(1_000, 0)));

        found.Verdict.Should().Be(verdict);
        found.Observed.Should().Be(100);
        found.Note.Should().EndWith("in open loop this is the offered rate as long as the server keeps up: goodput says more");
    }

    [Fact]
    public void From_five_rounds_on_the_rounds_give_the_interval()
    {
        Round[] rounds = [.. Enumerable.Range(0, 5).Select(i => Make.Round(Make.Requests(1_000 + i, 0)) with { CompletionsPerSlice = [] })];

        var verdict = Judged(Make.Greater(Make.Rate(MetricFamily.Throughput), 99), rounds);

        verdict.Verdict.Should().Be(Verdict.Met);
        verdict.Lower.Should().BeInRange(99.9, 100.2);
    }

    [Fact]
    public void Slices_of_several_lengths_are_compared_by_their_rate()
    {
        var round = Make.Round(Make.Requests(1_000, 0));
        var longer = round with { SliceLength = 2 * round.SliceLength, CompletionsPerSlice = [.. Enumerable.Range(0, 50).Select(i => 19L + (i % 3))] };

        var verdict = Judged(Make.Greater(Make.Rate(MetricFamily.Throughput), 90), round, longer);

        verdict.Lower.Should().BeInRange(95, 100);
        verdict.Upper.Should().BeInRange(100, 105);
    }

    [Theory]
    [InlineData(MetricFamily.Throughput)]
    [InlineData(MetricFamily.Goodput)]
    internal void The_time_in_which_nothing_succeeded_any_more_counts(MetricFamily family)
    {
        // 200 a second for 6 s, of which those of the last 4 s failed at once.
        var round = Make.Round(Make.Requests(400, 0), failed: 800) with
        {
            Span = TimeSpan.FromSeconds(6),
            CompletionsPerSlice = [.. Enumerable.Repeat(20L, 20)],
        };

        var found = Judged(Make.Greater(Make.Rate(family), 150), round);

        found.Verdict.Should().Be(Verdict.Broken);
        found.Observed.Should().BeApproximately(400 / 6.0, 1e-9);
        found.Lower.Should().BeLessThan(found.Observed!.Value);
        found.Upper.Should().BeInRange(found.Observed!.Value, 150);
    }

    [Fact]
    public void The_interval_of_a_rate_contains_it_where_rounds_took_unlike_times()
    {
        // The second one waited for its last request.
        Round[] rounds = [Steady(1), Steady(1) with { Span = TimeSpan.FromSeconds(40) }];
        Round[] more = [Steady(1), Steady(1), Steady(1), Steady(1), Steady(2), Steady(1) with { Span = TimeSpan.FromSeconds(4_000) }];

        foreach (var found in new[] { rounds, more }.Select(each => Judged(Make.Greater(Make.Rate(MetricFamily.Throughput), 1), each)))
        {
            found.Observed.Should().BeInRange(found.Lower!.Value, found.Upper!.Value);
        }

        static Round Steady(int seconds) => Make.Round(Make.Requests(200 * seconds, 0)) with
        {
            Span = TimeSpan.FromSeconds(seconds),
            CompletionsPerSlice = [.. Enumerable.Repeat(20L, 10 * seconds)],
        };
    }

    [Fact]
    public void A_run_too_short_for_slices_leaves_a_rate_open() =>
        Judged(Make.Greater(Make.Rate(MetricFamily.Throughput), .5m), Make.Round(Make.Requests(10, 0)) with { CompletionsPerSlice = [5, 5], Span = TimeSpan.FromSeconds(.2) })
            .Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && v.Passed && v.Note!.Contains("too short"));

    [Theory]
    [InlineData(70, Verdict.Met)]
    [InlineData(95, Verdict.Broken)]
    internal void Goodput_counts_good_requests_only(decimal limit, Verdict verdict) =>
        Judged(Make.Greater(Make.Rate(MetricFamily.Goodput), limit), Make.Round(Make.Requests(1_000, 200)) with { Good = 800 })
            .Should().Match<BudgetVerdict>(v => v.Verdict == verdict && v.Observed == 80);

    [Fact]
    public void Tokens_have_an_interval_from_five_rounds_on()
    {
        var budget = Make.Greater(Make.Rate(MetricFamily.OutputTokens), 900);
        var round = Make.Round(Make.Requests(1_000, 0)) with { OutputTokens = 10_000 };

        Judged(budget, round).Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && v.Passed && v.Observed == 1_000);
        Judged(budget, [.. Enumerable.Range(0, 5).Select(i => round with { OutputTokens = 10_000 + i })]).Verdict.Should().Be(Verdict.Met);
    }

    [Theory]
    [InlineData(.02, Verdict.Met)]
    [InlineData(.005, Verdict.Broken)]
    [InlineData(.01, Verdict.Inconclusive)]
    internal void A_thousand_requests_cost_the_hour_at_the_measured_rate(double limit, Verdict verdict)
    {
        var budget = Make.Less(Make.Usd(MetricFamily.CostPerThousandRequests), (decimal)limit, "");

        var found = Judge.Decide(Make.Plan(budget) with { Price = new Price(3.6, "file") }, Make.Measurement(Make.Round(Make.Requests(1_000, 0))), 1, 1).Verdicts[0];

        found.Verdict.Should().Be(verdict);
        found.Observed.Should().BeApproximately(.01, 1e-9);
        found.Lower.Should().BeLessThan(found.Upper!.Value);
    }

    [Fact]
    public void A_million_tokens_cost_the_hour_at_the_measured_token_rate()
    {
        var budget = Make.Less(Make.Usd(MetricFamily.CostPerMillionTokens), 2, "");
        var round = Make.Round(Make.Requests(1_000, 0)) with { OutputTokens = 10_000 };

        Judge.Decide(Make.Plan(budget) with { Price = new Price(3.6, "file") }, Make.Measurement(round), 1, 1)
            .Verdicts[0].Observed.Should().BeApproximately(1, 1e-9);
    }

    private static BudgetVerdict Judged(Budget budget, params Round[] rounds) =>
        Judge.Decide(Make.Plan(budget), Make.Measurement(rounds), looks: 1, look: 1).Verdicts.Single();
}
