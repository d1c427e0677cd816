using System.Collections.Immutable;
using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Comparing;
using PerfAssert.Judging;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tests.Comparing;

public sealed class RunComparisonTests
{
    [Fact]
    public void The_same_again_passes() =>
        One([Sessions.Of(1, 1)], [Sessions.Of(1, 2)]).Should().Match<ComparedBudget>(b => b.Verdict == Verdict.Met && !b.Improved && Math.Abs(b.Change!.Value) < 0.02);

    [Fact]
    public void A_slower_session_regressed_and_the_session_is_said_to_count() =>
        One([Sessions.Of(1, 1)], [Sessions.Of(1.2, 2)]).Should().Match<ComparedBudget>(b =>
            b.Verdict == Verdict.Broken && b.Change > 0.18 && b.Change < 0.22 && b.PValue <= 0.01 && b.Note!.Contains("two sessions"));

    [Fact]
    public void A_faster_one_improved() =>
        One([Sessions.Of(1, 1)], [Sessions.Of(0.8, 2)]).Should().Match<ComparedBudget>(b => b.Verdict == Verdict.Met && b.Improved && b.Change < -0.15);

    [Fact]
    public void A_shift_within_what_is_allowed_is_no_regression() =>
        One([Sessions.Of(1, 1)], [Sessions.Of(1.03, 2)]).Verdict.Should().NotBe(Verdict.Broken);

    [Fact]
    public void A_block_that_was_measured_again_and_does_not_say_so_is_no_regression()
    {
        var slow = Sessions.Of(1.2, 2);
        var again = slow with { Rounds = [.. slow.Rounds, .. Sessions.Of(1, 3).Rounds.Select(round => round with { Index = round.Index + 8 })] };

        One([Sessions.Of(1, 1, rounds: 16)], [again]).Verdict.Should().Be(Verdict.Inconclusive);
        One([Sessions.Of(1, 1, rounds: 16)], [Sessions.Of(1.2, 2, rounds: 16)]).Verdict.Should().Be(Verdict.Broken);
    }

    [Fact]
    public void Five_base_runs_tell_a_change_from_the_noise_of_runs()
    {
        var noisy = Sessions.Several(8, 1, 0.2);

        One(noisy, [Sessions.Of(1.2, 999)]).Should().Match<ComparedBudget>(b => b.Verdict == Verdict.Inconclusive && b.Note!.Contains("8 runs"));
        One(Sessions.Several(8, 1, 0.02), [Sessions.Of(1.2, 999)]).Verdict.Should().Be(Verdict.Broken);
    }

    [Fact]
    public void Too_few_rounds_are_inconclusive() =>
        One([Sessions.Of(1, 1, rounds: 1)], [Sessions.Of(2, 2, rounds: 1)]).Should().Match<ComparedBudget>(b => b.Verdict == Verdict.Inconclusive && b.Note!.Contains("too few"));

    [Fact]
    public void Rounds_that_drift_apart_are_no_replicates_and_prove_less()
    {
        var before = Sessions.Of(1, 1, noise: 0);
        var drifting = Sessions.Of(1, 2) with { Rounds = [.. Enumerable.Range(0, 8).Select(i => Sessions.Of(0.92 + (i * 0.16 / 7), 2, noise: 0).Rounds[0] with { Index = i })] };
        var mixed = drifting with { Rounds = [.. "36052714".Select((from, i) => drifting.Rounds[from - '0'] with { Index = i })] };

        One([before], [drifting]).Should().Match<ComparedBudget>(b => b.Verdict == Verdict.Inconclusive && b.Note!.Contains("drifts"));
        One([before], [mixed]).Verdict.Should().Be(Verdict.Met);
    }

    [Fact]
    public void Other_conditions_are_not_comparable_and_named()
    {
        var other = Sessions.Of(1, 2);

        One([Sessions.Of(1, 1)], [other with { Fingerprint = other.Fingerprint with { GpuDriver = "560.1" } }]).Should().Match<ComparedBudget>(b =>
            b.Verdict == Verdict.NotComparable && b.Note!.Contains("gpu driver: 550.54.15 in the base, 560.1 in the head"));
    }

    [Fact]
    public void Longer_prompts_are_other_work()
    {
        var longer = Sessions.Of(1, 2);

        One([Sessions.Of(1, 1)], [longer with { Rounds = [.. longer.Rounds.Select(round => round with { InputTokens = 2 * round.InputTokens })] }])
            .Should().Match<ComparedBudget>(b => b.Verdict == Verdict.NotComparable && b.Note!.Contains("input tokens"));
    }

    [Fact]
    public void More_failures_leave_other_work_and_are_more_errors()
    {
        var failing = Sessions.Of(1, 2);
        failing = failing with { Rounds = [.. failing.Rounds.Select(round => round with { Failed = 100 })] };

        Compare([Sessions.Of(1, 1)], [failing], Budget.Parse("p50 < baseline + 5 %")).Tests.Single().Budgets.Single().Verdict.Should().Be(Verdict.NotComparable);
        Compare([Sessions.Of(1, 1)], [failing], Budget.Parse("errors <= baseline")).Tests.Single().Budgets.Single().Verdict.Should().Be(Verdict.Broken);
    }

    [Fact]
    public void Errors_pay_for_the_other_budgets_over_the_same_rounds()
    {
        int[] failures = [3, 1, 4, 0, 2, 0, 1, 2];
        var failing = Sessions.Of(1, 2);
        failing = failing with { Rounds = [.. failing.Rounds.Select((round, i) => round with { Failed = failures[i] })] };

        P("errors <= baseline", "p50 < baseline + 5 %").Should().BeGreaterThan(P("errors <= baseline"));

        double P(params string[] budgets) =>
            Compare([Sessions.Of(1, 1)], [failing], [.. budgets.Select(Budget.Parse)]).Tests.Single().Budgets.Single(b => b.Metric.Name == "errors").PValue!.Value;
    }

    [Fact]
    public void Goodput_under_other_limits_is_not_comparable_and_what_does_not_depend_on_them_is()
    {
        var (before, after) = (Sessions.Of(1, 1, budget: "p95 < 400 ms"), Sessions.Of(1, 2, budget: "p50 < 150 ms"));

        var compared = Compare([before], [after], Budget.Parse("goodput > baseline - 10 %"), Budget.Parse("p50 < baseline + 5 %")).Tests.Single().Budgets;

        compared.Single(b => b.Metric.Name == "goodput").Should().Match<ComparedBudget>(b =>
            b.Verdict == Verdict.NotComparable && b.Note!.Contains("latency 400 ms") && b.Note.Contains("latency 150 ms"));
        compared.Single(b => b.Metric.Name == "p50").Verdict.Should().Be(Verdict.Met);
        Compare([before], [Sessions.Of(1, 2, budget: "p95 < 400 ms")], Budget.Parse("goodput > baseline - 10 %")).Tests.Single().Budgets.Single().Verdict.Should().NotBe(Verdict.NotComparable);
    }

    [Fact]
    public void Rounds_without_a_good_request_are_the_worst_ones_and_not_left_out()
    {
        Goodput(Sessions.Several(8, 1, 0.02)).Verdict.Should().Be(Verdict.Broken);
        Goodput([Sessions.Of(1, 1)]).Verdict.Should().Be(Verdict.Inconclusive, "four of eight rounds are not yet significant");

        static ComparedBudget Goodput(ImmutableArray<RunFile> before)
        {
            // Runs have their own noise.
            before = [.. before.Select((run, i) => run with { Rounds = [.. run.Rounds.Select(round => round with { Good = 1_000 - (i % 3) })] })];
            var head = Sessions.Of(1, 999);
            head = head with { Rounds = [.. head.Rounds.Select((round, i) => round with { Good = i % 2 == 0 ? 0 : 1_000 })] };
            return Compare(before, [head], Budget.Parse("goodput > baseline - 10 %")).Tests.Single().Budgets.Single();
        }
    }

    [Fact]
    public void Errors_that_must_become_fewer_and_do_not_are_a_regression()
    {
        var (before, after) = (Failing(Sessions.Of(1, 1), 100), Failing(Sessions.Of(1, 2), 95));

        Compare([before], [after], Budget.Parse("errors <= baseline - 50 %")).Tests.Single().Budgets.Single().Verdict.Should().Be(Verdict.Broken);

        static RunFile Failing(RunFile run, int failed) => run with { Rounds = [.. run.Rounds.Select(round => round with { Failed = failed })] };
    }

    [Fact]
    public void Failures_in_a_few_rounds_are_not_lost_in_the_median()
    {
        var failing = Sessions.Of(1, 999);
        failing = failing with { Rounds = [.. failing.Rounds.Select((round, i) => round with { Failed = i is 2 or 5 ? 40 : 0 })] };

        Errors(Sessions.Several(8, 1, 0.02)).Should().Match<ComparedBudget>(b => b.Verdict == Verdict.Broken && b.Head > 0.009 && b.Base == 0);
        Errors([Sessions.Of(1, 1)]).Should().Match<ComparedBudget>(b => b.Verdict == Verdict.Inconclusive && b.Head > 0.009, "two rounds of eight can be chance");

        ComparedBudget Errors(ImmutableArray<RunFile> before) => Compare(before, [failing], Budget.Parse("errors <= baseline")).Tests.Single().Budgets.Single();
    }

    [Theory]
    [InlineData(40, 1, Verdict.Inconclusive)] // Up to 1.5 % of the requests may fail.
    [InlineData(1_250, 10, Verdict.Met)]
    internal void That_no_base_run_had_a_failure_does_not_make_a_few_exact(int requests, int failed, Verdict verdict)
    {
        var head = Sessions.Of(1, 999, requests: requests);
        head = head with { Rounds = [.. head.Rounds.Select((round, i) => round with { Failed = i == 3 ? failed : 0 })] };

        Compare(Sessions.Several(8, 1, 0.02), [head], Budget.Parse("errors <= baseline + 10 % or 0.5 %")).Tests.Single().Budgets.Single()
            .Should().Match<ComparedBudget>(b => b.Verdict == verdict && b.Upper > b.Change);
    }

    [Theory]
    [InlineData("errors <= baseline", 0, Verdict.Met)]
    [InlineData("errors < baseline", 0, Verdict.Inconclusive)] // It asks for fewer.
    [InlineData("errors < baseline", 20, Verdict.Met)]
    [InlineData("errors < baseline - 50 %", 0, Verdict.Met)]
    [InlineData("errors <= baseline - 50 %", 20, Verdict.Met)]
    internal void Runs_without_a_failure_are_within_all_but_what_asks_for_fewer(string budget, int failed, Verdict verdict)
    {
        Of([Failing(1)]).Should().Be(verdict);
        Of([.. Enumerable.Range(1, 8).Select(Failing)]).Should().Be(verdict);

        Verdict Of(ImmutableArray<RunFile> before) => Compare(before, [Sessions.Of(1, 999)], Budget.Parse(budget)).Tests.Single().Budgets.Single().Verdict;

        RunFile Failing(int seed)
        {
            var run = Sessions.Of(1, seed);
            return run with { Rounds = [.. run.Rounds.Select(round => round with { Failed = failed + (failed > 0 ? seed % 3 : 0) })] };
        }
    }

    [Fact]
    public void A_test_hands_its_share_of_the_level_on_only_when_none_of_its_budgets_is_open()
    {
        Budget[] two = [Budget.Parse("p50 < baseline + 1 %"), Budget.Parse("errors <= baseline")];
        var (before, after) = (Sessions.Several(8, 1, 0.02), Sessions.Of(1.03, 999));
        var (worse, worseAfter) = (Sessions.Several(8, 1, 0.02, test: "A.Worse"), Sessions.Of(3, 999, "A.Worse"));

        var alone = P(Compare(before, [after], two));
        var beside = P(Compare([.. before, .. worse], [after, worseAfter], two));

        alone.Should().BeInRange(0.001, 0.4);
        beside.Should().BeApproximately(2 * alone, 1e-9, "errors of the other test are still in question");

        static double P(ComparisonResult result) => result.Tests.Single(test => test.Test == "Tests.Endpoint").Budgets[0].PValue!.Value;
    }

    [Fact]
    public void A_test_of_one_side_is_there_and_has_no_runs_on_the_other()
    {
        var result = Compare([Sessions.Of(1, 1, "A.Gone"), Sessions.Of(1, 1)], [Sessions.Of(1, 2), Sessions.Of(1, 2, "B.New")]);

        result.Tests.Select(test => (test.Test, test.BaseRuns, test.HeadRuns)).Should().Equal(("A.Gone", 1, 0), ("B.New", 0, 1), ("Tests.Endpoint", 1, 1));
    }

    [Fact]
    public void Invalid_and_smoke_runs_are_left_out()
    {
        var invalid = Sessions.Of(5, 2) with { Outcome = RunOutcome.Invalid };

        var test = Compare([Sessions.Of(1, 1)], [invalid, Sessions.Of(1, 3), Sessions.Of(5, 4) with { Mode = RunMode.Smoke }]).Tests.Single();

        test.Should().Match<ComparedTest>(t => t.InvalidRuns == 2 && t.HeadRuns == 1);
        test.Budgets.Single().Verdict.Should().Be(Verdict.Met);
    }

    [Fact]
    public void Many_tests_share_the_level_and_rounds_that_are_too_few_for_them_say_so()
    {
        var names = Enumerable.Range(0, 12).Select(i => $"T{i:00}").ToList();
        var result = Compare(
            [.. names.Select((name, i) => Sessions.Of(1, i, name))],
            [.. names.Select((name, i) => Sessions.Of(i == 0 ? 1.3 : 1, 50 + i, name))]);

        result.Tests[0].Budgets.Single().Should().Match<ComparedBudget>(b => b.Verdict == Verdict.Inconclusive && b.Note!.Contains("among so many tests"));
        result.Tests.Skip(1).Should().OnlyContain(test => test.Budgets.Single().Verdict == Verdict.Met);
        result.EnvironmentSuspected.Should().BeNull();
    }

    [Fact]
    public void Second_blocks_find_what_one_block_cannot_among_many_tests()
    {
        var names = Enumerable.Range(0, 12).Select(i => $"T{i:00}").ToList();
        var result = Compare(
            [.. names.Select((name, i) => Sessions.Of(1, i, name, rounds: 16))],
            [.. names.Select((name, i) => Sessions.Of(i == 0 ? 1.3 : 1, 50 + i, name, rounds: 16))]);

        result.Tests.Where(test => test.Budgets.Single().Verdict == Verdict.Broken).Select(test => test.Test).Should().Equal("T00");
    }

    [Fact]
    public void A_shift_of_all_tests_by_one_factor_is_suspected_to_be_the_machine()
    {
        string[] names = ["A", "B", "C", "D"];
        var result = Compare([.. names.Select((name, i) => Sessions.Of(1, i, name))], [.. names.Select((name, i) => Sessions.Of(name == "D" ? 1 : 1.2, 50 + i, name))]);

        result.EnvironmentSuspected.Should().StartWith("3 of 4 tests are worse by about ");
    }

    [Fact]
    public void Given_budgets_replace_those_of_the_runs() =>
        Compare([Sessions.Of(1, 1)], [Sessions.Of(1.2, 2)], Budget.Parse("p50 < baseline + 40 %")).Tests.Single().Budgets.Single().Verdict.Should().Be(Verdict.Met);

    private static ComparedBudget One(ImmutableArray<RunFile> before, ImmutableArray<RunFile> after) => Compare(before, after).Tests.Single().Budgets.Single();

    private static ComparisonResult Compare(ImmutableArray<RunFile> before, ImmutableArray<RunFile> after, params Budget[] budgets) =>
        RunComparison.Compare(
            before.Concat(after).Select(run => (run.TestName, run.Plan.Environment)).Distinct().Order()
                .Select(key => new TestRuns(key.TestName, key.Environment, Of(before, key), Of(after, key))),
            budgets,
            _ => []);

    private static ImmutableArray<RunFile> Of(ImmutableArray<RunFile> runs, (string, string) key) => [.. runs.Where(run => (run.TestName, run.Plan.Environment) == key)];
}
