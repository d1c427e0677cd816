using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Judging;

/// <summary>Budgets against the other version, from rounds to verdicts.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("p95 < reference + 10 %", 1.00, Verdict.Met)]
    [InlineData("p95 < reference + 10 %", 1.20, Verdict.Broken)]
    [InlineData("p95 < reference + 10 %", 1.05, Verdict.Met)]
    [InlineData("p95 < reference + 30 %", 1.20, Verdict.Met)]
    [InlineData("p95 < reference", 1.02, Verdict.Broken)]
    [InlineData("p95 < reference", 0.95, Verdict.Met)]
    [InlineData("p95 < reference - 10 %", 0.95, Verdict.Broken)]
    [InlineData("p95 < reference - 10 %", 0.80, Verdict.Met)]
    [InlineData("p95 < reference + 5 % or 3 ms", 1.20, Verdict.Met)]
    [InlineData("p95 < reference + 5 % or 1 ms", 1.20, Verdict.Broken)]
    [InlineData("mean < reference + 10 %", 1.20, Verdict.Broken)]
    [InlineData("max < reference + 10 %", 1.00, Verdict.Met)]
    internal void Two_blocks_decide_what_is_far_from_the_limit(string budget, double ratio, Verdict verdict) =>
        Judge.Decide(Duets.Plan(budget), Duets.Measurement(24, ratio)).Verdicts[0].Verdict.Should().Be(verdict);

    [Fact]
    public void The_outcome_has_estimate_bounds_rounds_and_the_values_of_each_round()
    {
        var verdict = Judge.Decide(Duets.Plan("p50 < reference + 10 %"), Duets.Measurement(24, 1.2)).Verdicts[0];

        verdict.Passed.Should().BeFalse();
        verdict.Observed.Should().BeApproximately(12.6e6, .2e6);
        var change = verdict.Change!;
        change.Estimate.Should().BeApproximately(.2, .005);
        change.Lower.Should().BeInRange(.19, change.Estimate);
        change.Upper.Should().BeInRange(change.Estimate, .21);
        change.Allowed.Should().BeApproximately(.1, 1e-9);
        change.PValue.Should().Be(1 / 256.0);
        change.ConfirmationPValue.Should().Be(1 / 65_536.0);
        change.Rounds.Should().Be(24);
        change.Against.Should().BeApproximately(10.5e6, .2e6);
        change.Candidate.Should().HaveCount(24).And.OnlyContain(v => v > 12e6 && v < 13e6);
        change.Reference.Should().HaveCount(24).And.OnlyContain(v => v > 10e6 && v < 11e6);
    }

    [Fact]
    public void Without_a_reference_nothing_is_met_and_the_reason_is_said()
    {
        var plan = Duets.Plan("p95 < reference + 10 %") with { NoReference = "there is no reference: give one" };

        var verdict = Judge.Decide(plan, Make.Measurement([.. Duets.Measurement(8, 1).Rounds.Where(round => round.Variant == Variant.Candidate)])).Verdicts[0];

        (verdict.Verdict, verdict.Note, verdict.Warned).Should().Be((Verdict.NotComparable, "there is no reference: give one", true));
    }

    [Fact]
    public void One_block_is_never_red_and_asks_for_the_second()
    {
        var plan = Duets.Plan("p95 < reference + 10 %");
        var measurement = Duets.Measurement(8, 1.5);

        var judgement = Judge.Decide(plan, measurement);

        judgement.Verdicts[0].Verdict.Should().Be(Verdict.Inconclusive);
        judgement.Verdicts[0].Note.Should().Contain("suspected");
        Judge.CouldDecideWithMore(plan, measurement, judgement, Judge.DefaultLooks, look: 1).Should().BeTrue();
        Judge.CouldDecideWithMore(plan, measurement, judgement, Judge.DefaultLooks, look: 3).Should().BeFalse("the second block is twice as many rounds, and there is no third");
    }

    [Fact]
    public void Half_of_the_second_block_is_not_red_yet()
    {
        var plan = Duets.Plan("p95 < reference + 10 %");
        var measurement = Duets.Measurement(16, 1.5);

        var judgement = Judge.Decide(plan, measurement);

        judgement.Verdicts[0].Verdict.Should().Be(Verdict.Inconclusive);
        Judge.CouldDecideWithMore(plan, measurement, judgement, Judge.DefaultLooks, look: 2).Should().BeTrue();
    }

    [Fact]
    public void What_more_rounds_could_prove_is_measured_again_and_what_they_could_not_is_left()
    {
        double[] noisy = [1.04, .98, 1.03, .97, 1.05, .96, 1.02, .99];
        double[] wild = [1.6, .6, 1.5, .7, 1.4, .6, 1.3, .7];

        Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Of(noisy)).Verdicts[0].Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Met && !v.AwaitsConfirmation);
        Judge.Decide(Duets.Plan("p95 < reference + 4 %"), Duets.Of(noisy)).Verdicts[0].Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && v.AwaitsConfirmation);
        Judge.Decide(Duets.Plan("p95 < reference + 4 %"), Duets.Of([.. noisy, .. noisy, .. noisy])).Verdicts[0].Verdict.Should().Be(Verdict.Met);
        Judge.Decide(Duets.Plan("p95 < reference + 4 %"), Duets.Of(wild)).Verdicts[0].Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && !v.AwaitsConfirmation);
    }

    [Fact]
    public void A_regression_that_the_second_block_does_not_show_is_not_one()
    {
        var measurement = Duets.Of([.. Enumerable.Repeat(1.2, 8), .. Enumerable.Repeat(1.0, 16)]);

        var verdict = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), measurement).Verdicts[0];

        verdict.Verdict.Should().Be(Verdict.Inconclusive);
        verdict.Note.Should().Contain("did not confirm");
        (verdict.Passed, verdict.Warned).Should().Be((true, true));
    }

    [Fact]
    public void A_second_block_alone_is_not_red_either()
    {
        var measurement = Duets.Of([.. Enumerable.Repeat(1.0, 8), .. Enumerable.Repeat(1.2, 16)]);

        Judge.Decide(Duets.Plan("p95 < reference + 5 %"), measurement).Verdicts[0].Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Warned && v.Note!.Contains("drifts"));
    }

    [Fact]
    public void Rounds_that_were_added_for_other_budgets_change_nothing()
    {
        var two = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Measurement(24, 1.2)).Verdicts[0].Change;
        var three = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Of([.. Enumerable.Repeat(1.2, 24), .. Enumerable.Repeat(.5, 8)])).Verdicts[0].Change;

        three!.Estimate.Should().Be(two!.Estimate);
    }

    [Fact]
    public void A_plan_without_time_for_a_second_block_decides_by_one_at_a_stricter_level()
    {
        var plan = Duets.Plan("p50 < reference + 10 %", "p95 < reference + 10 %") with { Confirms = false };

        Judge.Decide(plan, Duets.Measurement(8, 1.2)).Verdicts.Take(2).Should().OnlyContain(v => v.Verdict == Verdict.Broken);

        // One of eight rounds is faster: p = 2/256 or more, which one block would need to be at most 0.01, and two at most 0.02.
        double[] mixed = [1.3, 1.3, .9, .9, 1.3, 1.3, 1.3, 1.3];
        Judge.Decide(plan, Duets.Of(mixed)).Verdicts[0].Verdict.Should().Be(Verdict.Inconclusive);
    }

    // Three minutes at most, and blocks of about a minute.
    [Theory]
    [InlineData(8, 59, Verdict.Inconclusive, true)]
    [InlineData(8, 61, Verdict.Broken, false)]
    [InlineData(16, 119, Verdict.Inconclusive, true)]
    [InlineData(16, 122, Verdict.Broken, false)]
    [InlineData(23, 180, Verdict.Broken, false)]
    [InlineData(24, 185, Verdict.Broken, false)]
    internal void A_second_block_that_there_is_no_time_for_is_not_waited_for(int pairs, int seconds, Verdict verdict, bool awaits)
    {
        var plan = Duets.Plan("p95 < reference + 10 %");
        plan = plan with { Load = plan.Load with { MaxDuration = TimeSpan.FromMinutes(3) } };
        var measurement = Duets.Measurement(pairs, 1.5) with { MeasuredFor = TimeSpan.FromSeconds(seconds) };

        plan.Confirms.Should().BeTrue("how long requests take is not known before the run");
        var judgement = Judge.Decide(plan, measurement);

        judgement.Verdicts[0].Should().Match<BudgetVerdict>(v => v.Verdict == verdict && v.AwaitsConfirmation == awaits);
        Judge.CouldDecideWithMore(plan, measurement, judgement, Judge.DefaultLooks, look: 1).Should().Be(awaits);
    }

    [Fact]
    public void One_block_decides_at_its_own_level_where_time_is_short()
    {
        var plan = Duets.Plan("p50 < reference + 10 %", "p95 < reference + 10 %");
        plan = plan with { Load = plan.Load with { MaxDuration = TimeSpan.FromMinutes(3) } };

        // p = 2/256 or more, as without a planned second block.
        double[] mixed = [1.3, 1.3, .9, .9, 1.3, 1.3, 1.3, 1.3];
        var verdict = Judge.Decide(plan, Duets.Of([.. mixed, .. Enumerable.Repeat(1.5, 8)]) with { MeasuredFor = TimeSpan.FromSeconds(130) }).Verdicts[0];

        (verdict.Verdict, verdict.Change!.Rounds).Should().Be((Verdict.Inconclusive, 8));
    }

    [Theory]
    [InlineData("rps > reference - 5 %", 1.00, Verdict.Met)]
    [InlineData("rps > reference - 5 %", .80, Verdict.Broken)]
    [InlineData("goodput > reference - 5 %", .80, Verdict.Broken)]
    internal void More_is_better_for_a_rate(string budget, double rate, Verdict verdict)
    {
        var closed = Duets.Measurement(24, 1, r => r with { Span = r.Span / rate }) with { OpenLoop = false };

        var found = Judge.Decide(Duets.Plan(budget), closed).Verdicts[0];

        found.Verdict.Should().Be(verdict);
        found.Change!.Estimate.Should().BeApproximately(rate - 1, .01);
        found.Change.Allowed.Should().BeApproximately(-.05, 1e-9);
        found.Change.Lower.Should().BeLessThanOrEqualTo(found.Change.Upper!.Value);
    }

    [Theory]
    [InlineData("goodput > reference - 5 %", 24, Verdict.Broken)]
    [InlineData("goodput > reference - 5 %", 1, Verdict.Inconclusive)]
    [InlineData("rps > reference - 5 %", 0, Verdict.Met)]
    internal void A_round_without_a_good_request_is_much_worse_than_one_with(string budget, int without, Verdict verdict)
    {
        var rounds = 0;
        var closed = Duets.Measurement(24, 1, r => r with { Good = rounds++ < without ? 0 : r.Good }) with { OpenLoop = false };

        var found = Judge.Decide(Duets.Plan(budget), closed).Verdicts[0];

        found.Verdict.Should().Be(verdict);
        found.Change!.Candidate.Where(rate => rate < 1).Should().Equal(Enumerable.Repeat(.1, without), "it counts as one request in ten seconds");
    }

    [Fact]
    public void A_round_without_tokens_has_no_rate_of_them()
    {
        var rounds = 0;
        var measurement = Duets.Measurement(24, 1, r => r with { OutputTokens = rounds++ == 3 ? 0 : 6_000 }, r => r with { OutputTokens = 6_000 });

        Judge.Decide(Duets.Plan("output tokens/s > reference - 5 %"), measurement).Verdicts[0].Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Note!.Contains("has no output tokens/s"));
    }

    [Theory]
    [InlineData(0, 0, Verdict.Met)]
    [InlineData(9, 1, Verdict.Broken)]
    [InlineData(2, 2, Verdict.Met)]
    [InlineData(1, 9, Verdict.Met)]
    internal void Error_rates_are_compared_by_their_difference(int failed, int referenceFailed, Verdict verdict)
    {
        var plan = Duets.Plan("errors <= reference", "errors < 50 %");

        var found = Judge.Decide(plan, Duets.Measurement(24, 1, Duets.Failing(failed), Duets.Failing(referenceFailed))).Verdicts[0];

        found.Verdict.Should().Be(verdict);
        found.Change!.IsDifference.Should().BeTrue();
        found.Change.Estimate.Should().BeApproximately((failed - referenceFailed) / 600.0, 1e-9);
    }

    [Theory]
    [InlineData("errors <= reference - 50 %", 19, 20, Verdict.Broken)]
    [InlineData("errors <= reference - 50 %", 5, 20, Verdict.Met)]
    [InlineData("errors <= reference - 50 % or 2 %", 19, 20, Verdict.Met)]
    [InlineData("errors <= reference + 50 %", 25, 20, Verdict.Met)]
    [InlineData("errors < reference + 10 %", 0, 0, Verdict.Met)]
    [InlineData("errors < reference + 10 %", 9, 1, Verdict.Broken)]
    [InlineData("errors < reference - 50 %", 0, 0, Verdict.Met)]
    [InlineData("errors < reference - 50 %", 0, 20, Verdict.Met)]
    [InlineData("errors < reference", 0, 0, Verdict.Inconclusive)] // It asks for fewer.
    [InlineData("errors < reference", 0, 20, Verdict.Met)]
    internal void A_percentage_of_the_error_rate_is_allowed_or_demanded(string budget, int failed, int referenceFailed, Verdict verdict) =>
        Judge.Decide(Duets.Plan(budget, "errors < 50 %"), Duets.Measurement(24, 1, Duets.Failing(failed), Duets.Failing(referenceFailed)))
            .Verdicts[0].Verdict.Should().Be(verdict);

    [Fact]
    public void Where_neither_version_failed_the_requests_say_what_is_detectable() =>
        Judge.Decide(Duets.Plan("errors <= reference", "errors < 50 %"), Duets.Measurement(24, 1)).Verdicts[0].Change!.Detectable.Should().BeInRange(0.0005, 0.01);

    [Fact]
    public void No_failure_is_within_whatever_the_noise_of_the_reference()
    {
        var rounds = 0;
        var measurement = Duets.Measurement(24, 1, reference: round => rounds++ == 3 ? Duets.Failing(1)(round) : round);

        Judge.Decide(Duets.Plan("errors < reference + 10 %", "errors < 50 %"), measurement).Verdicts[0].Verdict.Should().Be(Verdict.Met);
    }

    [Theory]
    [InlineData(8, true, .995)]
    [InlineData(16, true, .985)]
    [InlineData(24, true, .97)]
    [InlineData(8, false, .95)]
    public void The_ends_of_a_change_have_the_level_of_their_look(int pairs, bool confirms, double confidence) =>
        Judge.Decide(Duets.Plan("p50 < reference + 10 %") with { Confirms = confirms }, Duets.Measurement(pairs, 1))
            .Verdicts[0].Change!.Confidence.Should().BeApproximately(confidence, 1e-12);

    [Fact]
    public void Rounds_that_agree_do_not_make_a_handful_of_failures_significant()
    {
        // One failure more in each round: the rounds say so with certainty, the requests could have it by chance.
        var measurement = Duets.Measurement(24, 1, Duets.Failing(3), Duets.Failing(2));

        Judge.Decide(Duets.Plan("errors <= reference", "errors < 50 %"), measurement).Verdicts[0].Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public void A_method_that_never_asks_which_version_compares_nothing()
    {
        var measurement = Duets.Measurement(8, 1, r => r with { VariantRead = false }, r => r with { VariantRead = false });

        var verdict = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), measurement).Verdicts[0];

        verdict.Verdict.Should().Be(Verdict.NotComparable);
        verdict.Note.Should().Contain("request.Variant");
        Judge.Decide(Duets.Plan("p95 < reference + 10 %") with { Policy = new(NotComparable: NotComparablePolicy.Fail) }, measurement).Passed.Should().BeFalse();
    }

    [Fact]
    public void Versions_that_do_not_do_the_same_work_are_not_compared()
    {
        Note(Duets.Measurement(8, 1, reference: Duets.Failing(600))).Should().Contain("no request to the reference succeeded");
        Note(Duets.Measurement(8, 1, candidate: Duets.Failing(30))).Should().Contain("points apart");
        Note(Duets.Measurement(8, 1, candidate: Duets.Failing(30)), new(SuccessBand: 0.06)).Should().BeNull();
        Note(Duets.Measurement(8, 1, r => r with { OutputTokens = 12_000 }, r => r with { OutputTokens = 9_000 })).Should().Contain("output tokens");
        Note(Duets.Measurement(8, 1, r => r with { OutputTokens = 12_000 }, r => r with { OutputTokens = 9_000 }), new(TokenBand: 0.4)).Should().BeNull();
        Note(Duets.Measurement(8, 1, r => r with { Scheduled = r.Requests * 100 / 95 })).Should().Contain("scheduled rate");
        Note(Duets.Measurement(8, 1, r => r with { OutputTokens = 9_100 }, r => r with { OutputTokens = 9_000 })).Should().BeNull();

        static string? Note(Measurement measurement, VerdictPolicy? policy = null)
        {
            var run = new MeasuredRun(measurement, Make.Plan().Load);
            return Comparability.Problem(Budget.Parse("p95 < reference + 10 %"), run, new MeasuredRun(measurement, Make.Plan().Load, Variant.Reference), policy ?? new());
        }
    }

    [Fact]
    public void A_round_too_short_for_a_percentile_says_what_it_would_take()
    {
        var verdict = Judge.Decide(Duets.Plan("p99.9 < reference + 10 %"), Duets.Measurement(16, 2)).Verdicts[0];

        verdict.Verdict.Should().Be(Verdict.Inconclusive);
        verdict.Note.Should().Contain("p99.9 needs 5,000 requests a round and version, and one round had 600").And.Contain("40,000");
    }

    [Fact]
    public void Too_few_rounds_are_never_red_and_say_how_many_it_takes()
    {
        var plan = Duets.Plan("p95 < reference + 10 %");
        plan = plan with { Load = plan.Load with { Rounds = 4 } };

        var verdict = Judge.Decide(plan, Duets.Measurement(12, 2)).Verdicts[0];

        verdict.Verdict.Should().Be(Verdict.Inconclusive);
        verdict.Note.Should().Contain("at least 5");
        verdict.Change!.NeededRounds.Should().Be(5);
    }

    [Fact]
    public void A_regression_that_grows_from_round_to_round_is_broken_and_said_to_drift()
    {
        var verdict = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Of(Enumerable.Range(0, 24).Select(i => 1.1 + (i * .02)))).Verdicts[0];

        verdict.Verdict.Should().Be(Verdict.Broken);
        verdict.Note.Should().Contain("drifts");
    }

    [Fact]
    public void A_difference_that_drifts_without_a_regression_is_neither_broken_nor_met()
    {
        var verdict = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Of(Enumerable.Range(0, 24).Select(i => .9 + (i * .007)))).Verdicts[0];

        verdict.Verdict.Should().Be(Verdict.NotComparable);
        verdict.Note.Should().Contain("drifts");
    }

    [Fact]
    public void A_regression_that_fades_is_not_broken_and_not_met() =>
        Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Of(Enumerable.Range(0, 24).Select(i => 1.3 - (i * .02)))).Verdicts[0]
            .Should().Match<BudgetVerdict>(v => v.Verdict != Verdict.Broken && v.Verdict != Verdict.Met);

    [Fact]
    public void An_improvement_is_met_with_a_note()
    {
        var verdict = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Measurement(8, .8)).Verdicts[0];

        (verdict.Verdict, verdict.Change!.Improved).Should().Be((Verdict.Met, true));
        verdict.Note.Should().StartWith("improved");
        Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Measurement(8, .97)).Verdicts[0].Change!.Improved.Should().BeFalse();
    }

    [Fact]
    public void What_is_not_decided_says_what_could_be_seen_and_how_many_rounds_it_would_take()
    {
        double[] ratios = [1.05, .78, 1.25, 1.3, .85, 1.32, .82, 1.0];

        var change = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Of(ratios)).Verdicts[0].Change!;

        change.Detectable.Should().BeInRange(.2, .4);
        change.NeededRounds.Should().BeInRange(9, 40);
    }

    [Fact]
    public void Rounds_that_vary_by_more_than_the_limit_prove_nothing_though_they_look_better()
    {
        // Eight pairs and two more blocks of the same: better by 7 % on the average, and by anything between -30 and +25 %.
        double[] ratios = [1.05, .78, 1.05, .72, .85, 1.22, .82, 1.0];

        var verdict = Judge.Decide(Duets.Plan("p95 < reference + 5 %"), Duets.Of(Enumerable.Repeat(ratios, 3).SelectMany(r => r))).Verdicts[0];

        verdict.Verdict.Should().Be(Verdict.Inconclusive);
        verdict.Change!.Estimate.Should().BeNegative();
        verdict.Change.Upper.Should().BeInRange(0, .05);
        verdict.Note.Should().Contain("noise is larger than what is allowed");
    }

    [Fact]
    public void An_invalid_run_compares_nothing()
    {
        var judgement = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), Duets.Measurement(24, 2) with { Aborted = "cancelled" });

        judgement.Passed.Should().BeFalse();
        judgement.Verdicts[0].Verdict.Should().Be(Verdict.Inconclusive);
        judgement.Verdicts[0].Note.Should().Contain("not judged");
    }

    [Fact]
    public void A_timeout_counts_as_the_timeout_and_not_as_nothing()
    {
        var measurement = Duets.Measurement(24, 1, r => r with { TimedOut = 60, Failed = 60, Succeeded = 600 }, r => r with { TimedOut = 55, Failed = 55, Succeeded = 600 });

        var verdict = Judge.Decide(Duets.Plan("p95 < reference + 10 %"), measurement).Verdicts[0];
        var change = verdict.Change!;

        verdict.Verdict.Should().Be(Verdict.Inconclusive, "nobody knows how long those that timed out would have taken");
        verdict.Note.Should().Contain("timed out");
        change.Candidate.Should().OnlyContain(v => v == 30e9);
        change.Estimate.Should().Be(0);
    }
}
