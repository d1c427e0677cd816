using System.Collections.Immutable;
using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Tests.Baselines;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class StoredRuleTests
{
    // About 2 % from run to run, around 100 ms.
    private static readonly double[] Usual = [98e6, 101e6, 103e6, 99e6, 100e6, 97e6, 102e6, 100e6, 101e6, 99e6];

    [Fact]
    public void Without_a_baseline_nothing_is_compared() =>
        Judged("p50 < baseline + 10 %", null, At(100)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Warned && v.Note!.Contains("perfgate baseline promote"));

    [Fact]
    public void Four_runs_are_too_few() =>
        Judged("p50 < baseline + 10 %", Stored.Of("p50", 100e6, 101e6, 99e6, 100e6), At(200)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Note!.Contains("4 runs"));

    [Fact]
    public void Another_driver_is_not_comparable_and_both_versions_are_named()
    {
        var other = Stored.Of([.. Stored.Of("p50", Usual).Runs.Select(run => run with { Conditions = run.Conditions.SetItem("gpu driver", "560.1") })]);

        Judged("p50 < baseline + 10 %", other, At(200)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Note!.Contains("gpu driver: 560.1 in the baseline, 550.54.15 here"));
    }

    [Fact]
    public void Other_payloads_are_other_work()
    {
        var prompts = new PayloadSet("prompts", new string('a', 64), 100);
        var key = "payloads prompts";
        var stored = Stored.Of([.. Stored.Of("p50", Usual).Runs.Select(run => run with { Conditions = run.Conditions.Add(key, new string('b', 64)) })]);
        var same = Stored.Of([.. Stored.Of("p50", Usual).Runs.Select(run => run with { Conditions = run.Conditions.Add(key, new string('a', 64)) })]);

        Judged("p50 < baseline + 10 %", stored, [prompts], At(100)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Note!.Contains($"{key}: {new string('b', 64)} in the baseline, {new string('a', 64)} here"));
        Judged("p50 < baseline + 10 %", same, [prompts], At(100)).Verdict.Should().Be(Verdict.Met);
    }

    [Theory]
    [InlineData(false, Variant.Candidate, Verdict.NotComparable)]
    [InlineData(true, Variant.Candidate, Verdict.Met)]
    [InlineData(false, Variant.Reference, Verdict.Met)]
    internal void Another_image_is_another_environment_unless_it_is_what_is_tested(bool isUnderTest, Variant variant, Verdict verdict)
    {
        var server = new ServerUse(variant, new MeasuredServer("Triton", "triton:2") { Digest = "sha256:2", IsUnderTest = isUnderTest });

        var judged = Judge.Decide(Plan("p50 < baseline + 10 %", Stored.Of("p50", Usual)), Make.Measurement(At(100)) with { Servers = [server] }).Verdicts.Single();

        judged.Verdict.Should().Be(verdict);
        (judged.Note?.Contains("image of Triton: not recorded in the baseline, sha256:2 here", StringComparison.Ordinal) ?? false).Should().Be(verdict == Verdict.NotComparable);
    }

    [Fact]
    public void Runs_of_other_conditions_are_left_out_of_those_that_count()
    {
        var old = Stored.Of("p50", [.. Enumerable.Repeat(10e6, 10)]).Runs.Select(run => run with { Source = "old-" + run.Source, Conditions = run.Conditions.SetItem("runtime", ".NET 9") });

        Judged("p50 < baseline + 10 %", Stored.Of([.. old, .. Stored.Of("p50", Usual).Runs]), At(100))
            .Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Met && v.Change!.Rounds == 10);
    }

    [Fact]
    public void The_same_as_ever_is_met_and_the_proof_is_said() =>
        Judged("p50 < baseline + 10 %", Stored.Of("p50", Usual), At(100.5)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Met && v.Passed && v.Change!.Upper < 0.1 && v.Note!.Contains("10 stored runs"));

    [Fact]
    public void What_looks_like_a_regression_is_measured_again_first() =>
        Judged("p50 < baseline + 10 %", Stored.Of("p50", Usual), At(120)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Inconclusive && v.AwaitsConfirmation && v.Passed && v.Warned);

    [Fact]
    public void A_regression_that_fresh_rounds_confirm_is_broken() =>
        Judged("p50 < baseline + 10 %", Stored.Of("p50", Usual), At(120), At(121)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Broken && !v.Passed && v.Change!.Estimate > 0.19 && v.Change.PValue < 0.01 && v.Change.ConfirmationPValue < 0.05);

    [Fact]
    public void A_regression_that_fresh_rounds_do_not_confirm_is_not_broken() =>
        Judged("p50 < baseline + 10 %", Stored.Of("p50", Usual), At(120), At(101)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Inconclusive && !v.AwaitsConfirmation && v.Note!.Contains("did not confirm"));

    [Fact]
    public void A_plan_without_time_for_fresh_rounds_decides_by_the_planned_ones() =>
        Decide("p50 < baseline + 10 %", Stored.Of("p50", Usual), plan => plan with { Confirms = false }, At(120)).Verdict.Should().Be(Verdict.Broken);

    [Theory]
    [InlineData(25, Verdict.Inconclusive)]
    [InlineData(31, Verdict.Broken)]
    internal void Planned_rounds_that_took_too_long_to_be_measured_again_decide(int seconds, Verdict verdict)
    {
        // A load that counts requests: how long it takes is known when it has run.
        var plan = Plan("p50 < baseline + 10 %", Stored.Of("p50", Usual));
        plan = plan with { Load = plan.Load with { MaxDuration = TimeSpan.FromMinutes(1) } };

        Judge.Decide(plan, Make.Measurement(At(120)) with { MeasuredFor = TimeSpan.FromSeconds(seconds) }).Verdicts.Single()
            .Should().Match<BudgetVerdict>(v => v.Verdict == verdict && v.AwaitsConfirmation == (verdict == Verdict.Inconclusive));
    }

    [Fact]
    public void Fewer_rounds_than_the_stored_runs_had_break_nothing()
    {
        var plan = Plan("p50 < baseline + 10 %", Stored.Of("p50", Usual));
        plan = plan with { Load = plan.Load with { Rounds = 8, MaxDuration = TimeSpan.FromMinutes(1) } };

        Judge.Decide(plan, Make.Measurement(At(120), At(120), At(120)) with { MeasuredFor = TimeSpan.FromMinutes(1) }).Verdicts.Single()
            .Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && v.Note!.Contains("3 of 8 rounds were measured"));
    }

    [Fact]
    public void A_change_within_the_noise_of_runs_is_inconclusive_and_says_what_would_be_seen()
    {
        double[] noisy = [80e6, 120e6, 95e6, 110e6, 100e6, 85e6, 115e6, 90e6, 105e6, 100e6];

        Judged("p50 < baseline + 10 %", Stored.Of("p50", noisy), At(112), At(112)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Inconclusive && v.Change!.Detectable > 0.4 && v.Note!.Contains("is not seen by one run"));
    }

    [Theory]
    [InlineData("p95 < baseline + 10 %", .005)]
    [InlineData("p50 < baseline + 10 %", .05)]
    [InlineData("p50 < baseline - 10 %", .005)]
    [InlineData("rps > baseline - 10 %", .005)]
    [InlineData("rps > baseline + 10 %", .005)]
    public void The_change_that_this_plan_finds_is_called_broken_in_80_of_100_runs(string budget, double noise)
    {
        // Seeded: the same every time.
        var random = new Random(20260401);
        var plan = Plan(budget, null) with { Confirms = false };

        var found = Enumerable.Range(0, 500).Count(_ =>
        {
            var stored = Enumerable.Range(0, 20).Select(day => (Stored.Run(day), Noisy(1))).ToImmutableArray();
            return At(Noisy(1 + At(1).Change!.Detectable!.Value)).Verdict == Verdict.Broken;

            Finding At(double value) => StoredRule.Decide(Budget.Parse(budget), new Finding(Verdict.NotComparable, 1), stored, [([], value)], plan);
        });

        found.Should().BeInRange(375, 425);

        double Noisy(double value) => value * Math.Exp(noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    [Fact]
    public void A_lucky_value_among_noisy_runs_proves_nothing()
    {
        double[] noisy = [80e6, 120e6, 95e6, 110e6, 100e6, 85e6, 115e6, 90e6, 105e6, 100e6];

        Judged("p50 < baseline + 10 %", Stored.Of("p50", noisy), At(83)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Inconclusive && v.Change!.Estimate < -.1 && v.Note!.Contains("noise is larger than what is allowed"));
        Judged("p50 < baseline + 10 %", Stored.Of("p50", noisy), At(60)).Verdict.Should().Be(Verdict.Met, "a worsening is excluded");
    }

    [Fact]
    public void An_improvement_is_met_with_a_note() =>
        Judged("p50 < baseline + 10 %", Stored.Of("p50", Usual), At(80)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Met && v.Change!.Improved && v.Note!.StartsWith("improved: -"));

    [Fact]
    public void A_change_smaller_than_the_floor_never_breaks()
    {
        var baseline = Stored.Of("p50", [.. Usual.Select(value => value / 100)]);

        Judged("p50 < baseline + 10 %", baseline, At(1.5), At(1.5)).Verdict.Should().Be(Verdict.Broken);
        Judged("p50 < baseline + 10 % or 2 ms", baseline, At(1.5), At(1.5)).Verdict.Should().Be(Verdict.Met);
    }

    [Theory]
    [InlineData(100, nameof(Verdict.Met))]
    [InlineData(104, nameof(Verdict.Met))]
    [InlineData(106, nameof(Verdict.Broken))]
    public void Stored_runs_that_do_not_vary_are_compared_exactly(double milliseconds, string verdict)
    {
        var value = BaselineRun.Median([At(100).Latency.GetValueAtPercentile(50)])!.Value;
        Judged("p50 < baseline + 5 %", Stored.Of("p50", value, value, value, value, value), At(milliseconds), At(milliseconds))
            .Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
    }

    [Fact]
    public void A_rate_that_falls_is_a_regression_and_one_that_rises_is_none()
    {
        var baseline = Stored.Of("rps", [.. Usual.Select(value => value / 1e6)]);

        Judged("rps > baseline - 5 %", baseline, Requests(800), Requests(800)).Verdict.Should().Be(Verdict.Broken);
        Judged("rps > baseline - 5 %", baseline, Requests(1_000)).Verdict.Should().Be(Verdict.Met);
        Judged("rps > baseline - 5 %", baseline, Requests(1_500)).Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Met && v.Change!.Improved && v.Change.Estimate > 0.4);
    }

    [Fact]
    public void A_metric_the_baseline_does_not_hold_is_not_comparable_and_named() =>
        Judged("p97 < baseline + 5 %", Stored.Of("p50", Usual), At(100)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Note!.Contains("p97"));

    [Fact]
    public void Another_success_rate_is_not_comparable_and_both_are_named() =>
        Judged("p50 < baseline + 10 %", Stored.Of("p50", Usual), Make.Round(Make.Requests(900, 0, 100), failed: 100)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Note!.Contains("100 %") && v.Note.Contains("90 %"));

    [Fact]
    public void Longer_answers_are_not_comparable_and_both_lengths_are_named()
    {
        var baseline = Stored.Of([.. Stored.Of("p50", Usual).Runs.Select(run => run with { OutputTokens = 100_000 })]);

        Judged("p50 < baseline + 10 %", baseline, At(100) with { OutputTokens = 120_000 }).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.NotComparable && v.Note!.Contains("100 output tokens") && v.Note.Contains("120"));
        Decide("p50 < baseline + 10 %", baseline, plan => plan with { Policy = new(TokenBand: 0.25) }, At(100) with { OutputTokens = 120_000 }).Verdict.Should().Be(Verdict.Met);
    }

    [Theory]
    [InlineData(0, 0, nameof(Verdict.Met))]
    [InlineData(0, 50, nameof(Verdict.Broken))]
    [InlineData(0, 1, nameof(Verdict.Inconclusive))]
    [InlineData(10, 0, nameof(Verdict.Met))]
    [InlineData(10, 100, nameof(Verdict.Broken))]
    public void Errors_are_held_against_the_stored_ones(int stored, int failed, string verdict)
    {
        var baseline = Stored.Of([.. Enumerable.Range(0, 10).Select(day => Stored.Run(day, ("errors", [(stored + (day % 3) - 1) * (stored > 0 ? 1 : 0) / 1000.0])) with { Failed = stored })]);
        var round = Make.Round(Make.Requests(1_000 - failed, 0), failed: failed);

        Judged("errors <= baseline", baseline, round, round).Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
    }

    [Theory]
    [InlineData("errors <= baseline", 0, 0, nameof(Verdict.Met))]
    [InlineData("errors < baseline", 0, 0, nameof(Verdict.Inconclusive))] // It asks for fewer.
    [InlineData("errors < baseline", 20, 0, nameof(Verdict.Met))]
    [InlineData("errors < baseline + 10 %", 0, 0, nameof(Verdict.Met))]
    [InlineData("errors < baseline - 50 %", 0, 0, nameof(Verdict.Met))]
    [InlineData("errors <= baseline - 50 %", 1, 0, nameof(Verdict.Met))]
    [InlineData("errors < baseline - 50 %", 0, 1, nameof(Verdict.Inconclusive))]
    public void A_run_without_a_failure_is_within_all_but_what_asks_for_fewer(string budget, int stored, int failed, string verdict)
    {
        // Every other stored run had failures.
        var baseline = Stored.Of([.. Enumerable.Range(0, 10).Select(day => Stored.Run(day) with { Failed = stored > 1 || day % 2 == 0 ? stored + (stored > 1 ? day % 3 : 0) : 0 })]);

        Judged(budget, baseline, Make.Round(Make.Requests(1_000 - failed, 0), failed: failed)).Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
    }

    [Theory]
    [InlineData(300, 1, nameof(Verdict.Inconclusive))] // Up to 1.6 % of the requests may fail: it takes more of them.
    [InlineData(10_000, 10, nameof(Verdict.Met))]
    public void That_no_stored_run_had_a_failure_does_not_make_a_few_exact(int requests, int failed, string verdict)
    {
        var baseline = Stored.Of([.. Enumerable.Range(0, 10).Select(day => Stored.Run(day))]);

        var judged = Judged("errors <= baseline + 10 % or 0.5 %", baseline, Make.Round(Make.Requests(requests - failed, 0), failed: failed));

        judged.Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
        (judged.Change!.Upper > 0.005).Should().Be(verdict == nameof(Verdict.Inconclusive), "it is shown why");
        judged.Note.Should().Contain(verdict == nameof(Verdict.Met) ? "+0.5 points is allowed" : "runs of this version would decide it");
    }

    [Theory]
    [InlineData(1_000, 0.0038)]
    [InlineData(100, 0.0222)] // One failure is enough: of 10,000 stored requests none failed.
    public void Where_stored_runs_had_no_failure_the_requests_say_what_is_detectable(int requests, double least)
    {
        var baseline = Stored.Of([.. Enumerable.Range(0, 10).Select(day => Stored.Run(day))]);

        Judged("errors <= baseline", baseline, Make.Round(Make.Requests(requests, 0))).Change!.Detectable.Should().BeInRange(least, 1.1 * least);
    }

    [Theory]
    [InlineData("errors < baseline + 10 % or 1 %", 1_000, 0.0115, 0.0135)] // At 1 % itself every other run has fewer than 10 failures.
    [InlineData("errors < baseline + 10 % or 1 %", 100_000, 0.010, 0.0103)]
    public void What_is_detectable_of_failures_is_beyond_what_is_allowed_in_80_of_100_runs(string budget, int requests, double least, double most)
    {
        var baseline = Stored.Of([.. Enumerable.Range(0, 10).Select(day => Stored.Run(day) with { Requests = requests })]);

        Decide(budget, baseline, plan => plan with { Confirms = false }, Make.Round(Make.Requests(requests, 0))).Change!.Detectable.Should().BeInRange(least, most);
        Judged(budget, baseline, Make.Round(Make.Requests(requests, 0))).Change!.Detectable.Should().BeGreaterThan(least, "a second block has failures of its own");
    }

    [Fact]
    public void What_cannot_be_shown_is_not_said_to_be_infinite()
    {
        var baseline = Stored.Of([.. Enumerable.Range(0, 5).Select(day => Stored.Run(day) with { Requests = 1 })]);

        Judged("errors <= baseline", baseline, Make.Round(Make.Requests(0, 0), failed: 1)).Note.Should().Contain("any change").And.NotContain("nfinity");
    }

    [Fact]
    public void Failures_in_a_few_rounds_are_not_lost_in_the_median()
    {
        var baseline = Stored.Of([.. Enumerable.Range(0, 10).Select(day => Stored.Run(day))]);
        Round[] none = [.. Enumerable.Range(0, 8).Select(_ => Failing(0))];
        Round[] failing = [.. Enumerable.Range(0, 8).Select(i => Failing(i is 2 or 5 ? 40 : 0))];
        Round[] one = [.. Enumerable.Range(0, 8).Select(i => Failing(i == 2 ? 1 : 0))];

        InRounds(failing).Should().Match<BudgetVerdict>(v => v.AwaitsConfirmation && v.Observed == 0.01 && v.Change!.Estimate == 0.01);
        InRounds([.. failing, .. failing]).Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Broken && v.Observed == 0.01);
        InRounds([.. failing, .. one]).Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && v.Observed == 81 / 16_000.0);
        InRounds(one).Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && !v.AwaitsConfirmation, "one failure is chance, and not none");
        InRounds([.. none, .. none, .. failing]).Should().Match<BudgetVerdict>(v => v.Verdict == Verdict.Inconclusive && v.Observed == 80 / 24_000.0);

        BudgetVerdict InRounds(params Round[] rounds) => Decide("errors <= baseline", baseline, plan => plan with { Load = plan.Load with { Rounds = 8 } }, rounds);
        static Round Failing(int failed) => Make.Round(Make.Requests(1_000 - failed, 0), failed: failed);
    }

    [Fact]
    public void Failures_in_a_few_rounds_of_stored_runs_count()
    {
        var baseline = Stored.Of([.. Enumerable.Range(0, 10).Select(day => Stored.Run(day, ("errors", [0, 0, 0, 0, 0, 0, 0.04, 0.04])) with { Requests = 8_000, Failed = 80 })]);

        Judged("errors <= baseline", baseline, Make.Round(Make.Requests(990, 0), failed: 10)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Met && Math.Abs(v.Change!.Against!.Value - 0.01) < 1e-12);
    }

    [Theory]
    [InlineData(190, nameof(Verdict.Broken))]
    [InlineData(50, nameof(Verdict.Met))]
    public void Errors_that_must_become_fewer_are_held_against_what_is_left_of_them(int failed, string verdict)
    {
        var baseline = Stored.Of([.. Enumerable.Range(0, 10).Select(day => Stored.Run(day, ("errors", [0.02 + (((day % 3) - 1) * 0.0001)])) with { Requests = 10_000, Failed = 200 })]);
        var round = Make.Round(Make.Requests(10_000 - failed, 0), failed: failed);

        var judged = Judged("errors <= baseline - 50 %", baseline, round, round);

        judged.Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
        judged.Change!.Allowed.Should().BeApproximately(-0.01, 1e-4);
    }

    [Theory]
    [InlineData("latency 150 ms", nameof(Verdict.Met))]
    [InlineData("latency 400 ms", nameof(Verdict.NotComparable))]
    [InlineData(null, nameof(Verdict.NotComparable))]
    public void Goodput_is_held_against_runs_whose_good_requests_met_the_same_limits(string? limits, string verdict)
    {
        var baseline = Stored.Of([.. Stored.Of("goodput", [.. Usual.Select(value => value / 1e6)]).Runs.Select(run => run with { GoodputLimits = limits })]);
        var plan = Make.Plan(Budget.Parse("goodput > baseline - 10 %"), Budget.Parse("p50 < 150 ms")) with { Stored = new StoredRuns(baseline, Stored.Conditions) };

        var judged = Judge.Decide(plan, Make.Measurement(Requests(1_000))).Verdicts[0];

        judged.Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
        if (judged.Verdict == Verdict.NotComparable)
        {
            judged.Note.Should().Contain(limits ?? "not recorded").And.Contain("latency 150 ms");
        }
    }

    [Theory]
    [InlineData(3, nameof(Verdict.Met))]
    [InlineData(4, nameof(Verdict.Broken))]
    [InlineData(8, nameof(Verdict.Broken))]
    public void Rounds_without_a_good_request_are_the_worst_ones_and_not_left_out(int without, string verdict)
    {
        var baseline = Stored.Of([.. Stored.Of("goodput", [.. Usual.Select(value => value / 1e6)]).Runs.Select(run => run with { GoodputLimits = "latency 150 ms" })]);
        var plan = Make.Plan(Budget.Parse("goodput > baseline - 10 %"), Budget.Parse("p50 < 150 ms")) with { Stored = new StoredRuns(baseline, Stored.Conditions) };
        Round[] rounds = [.. Enumerable.Range(0, 8).Select(i => Requests(1_000) with { Good = i < without ? 0 : 1_000 })];

        var judged = Judge.Decide(plan with { Load = plan.Load with { Rounds = 8 } }, Make.Measurement([.. rounds, .. rounds])).Verdicts[0];

        judged.Verdict.Should().Be(Enum.Parse<Verdict>(verdict));
        judged.Change!.Estimate.Should().BeApproximately(without switch { 3 => 0, 4 => -.5, _ => -1 }, .01);
    }

    [Fact]
    public void A_round_in_which_nothing_was_measured_has_no_rate() =>
        Decide("rps > baseline - 5 %", Stored.Of("rps", [.. Usual.Select(value => value / 1e6)]), plan => plan with { Load = plan.Load with { Rounds = 3 } }, Requests(1_000), Requests(0), Requests(0))
            .Verdict.Should().Be(Verdict.Met);

    [Fact]
    public void Runs_before_a_change_for_good_no_longer_count() =>
        Judged("p50 < baseline + 10 %", Stored.Of("p50", [.. Usual, .. Usual.Select(value => 2 * value)]), At(201)).Should().Match<BudgetVerdict>(v =>
            v.Verdict == Verdict.Met && !v.Change!.Improved && v.Change.Rounds == 10);

    [Fact]
    public void A_limit_below_the_noise_floor_of_this_machine_is_said_to_be_undetectable()
    {
        var noise = new TestNoise("Tests.Endpoint", "default", System.Collections.Immutable.ImmutableSortedDictionary<string, MetricNoise>.Empty.Add("p50", new MetricNoise(5, 0.05, 0, 0.19, 8)), Stored.Conditions);
        PerfPlan With(PerfPlan plan) => plan with { Stored = plan.Stored! with { Noise = noise } };

        Decide("p50 < baseline + 10 %", Stored.Of("p50", Usual), With, At(100)).Note.Should().Contain("undetectable here: one run shows 19 %");
        Decide("p50 < baseline + 25 %", Stored.Of("p50", Usual), With, At(100)).Note.Should().NotContain("undetectable");
    }

    [Fact]
    public void Rounds_too_short_for_a_percentile_are_said_to_be_so_with_what_they_would_need()
    {
        Warnings("p99 < baseline + 10 %", At(100)).Should().NotContain(warning => warning.Contains("slowest few"));
        Warnings("p99.9 < baseline + 10 %", At(100)).Should().Contain(warning =>
            warning.Contains("p99.9 of a round with 1,000 requests is that of its slowest few") && warning.Contains("5,000 a round, 5,000 in all"));

        static IEnumerable<string> Warnings(string budget, Round round) =>
            Judge.Decide(Plan(budget, Stored.Of(budget.Split(' ')[0], Usual)), Make.Measurement(round)).Warnings;
    }

    [Fact]
    public void A_limit_against_a_reference_below_the_noise_of_rounds_is_said_to_be_undetectable()
    {
        Warnings(0.2).Should().Contain(warning => warning.Contains("p50 < reference + 5 % is undetectable here by 8 rounds"));
        Warnings(0.001).Should().NotContain(warning => warning.Contains("undetectable"));

        static IEnumerable<string> Warnings(double deviation)
        {
            var noise = new TestNoise("Tests.Endpoint", "default", System.Collections.Immutable.ImmutableSortedDictionary<string, MetricNoise>.Empty.Add("p50", new MetricNoise(5, 0.05, deviation, 0.19, 8)), Stored.Conditions);
            var plan = Duets.Plan("p50 < reference + 5 %") with { Stored = new StoredRuns(null, Stored.Conditions) { Noise = noise } };
            return Judge.Decide(plan, Duets.Measurement(8, 1)).Warnings;
        }
    }

    [Fact]
    public void The_noise_of_a_test_with_payloads_is_known_to_its_reference_budgets()
    {
        var prompts = new PayloadSet("prompts", new string('a', 64), 100);
        var noise = new TestNoise(
            "Tests.Endpoint",
            "default",
            System.Collections.Immutable.ImmutableSortedDictionary<string, MetricNoise>.Empty.Add("p50", new MetricNoise(5, 0.05, 0.2, 0.19, 8)),
            Stored.Conditions.Add("payloads prompts", prompts.Sha256));
        var plan = Duets.Plan("p50 < reference + 5 %") with { Stored = new StoredRuns(null, Stored.Conditions) { Noise = noise } };

        Judge.Decide(plan, Duets.Measurement(8, 1) with { Payloads = [prompts] }).Warnings.Should().Contain(warning => warning.Contains("undetectable here"));
        Judge.Decide(plan, Duets.Measurement(8, 1)).Warnings.Should().NotContain(warning => warning.Contains("undetectable here"), "the noise is that of other work");
    }

    [Fact]
    public void A_run_whose_generator_was_the_bottleneck_is_not_judged()
    {
        var plan = Plan("p50 < baseline + 10 %", Stored.Of("p50", Usual));
        var measurement = Make.Measurement(At(120)) with { Aborted = "cancelled" };

        Judge.Decide(plan, measurement).Verdicts.Single().Verdict.Should().Be(Verdict.Inconclusive);
    }

    private static BudgetVerdict Judged(string budget, Baseline? baseline, params Round[] rounds) => Decide(budget, baseline, plan => plan, rounds);

    private static BudgetVerdict Judged(string budget, Baseline baseline, PayloadSet[] payloads, params Round[] rounds) =>
        Judge.Decide(Plan(budget, baseline), Make.Measurement(rounds) with { Payloads = [.. payloads] }).Verdicts.Single();

    private static BudgetVerdict Decide(string budget, Baseline? baseline, Func<PerfPlan, PerfPlan> change, params Round[] rounds) =>
        Judge.Decide(change(Plan(budget, baseline)), Make.Measurement(rounds)).Verdicts.Single();

    private static PerfPlan Plan(string budget, Baseline? baseline) =>
        Make.Plan(Budget.Parse(budget)) with { Stored = new StoredRuns(baseline, Stored.Conditions) };

    private static Round At(double milliseconds) => Make.Round(Make.Requests(1_000, 0, milliseconds));

    private static Round Requests(int count) => Make.Round(Make.Requests(count, 0));
}
