using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Promotion;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tests.Promotion;

public sealed class PromoterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly BaselineStore store;

    public PromoterTests() => store = new BaselineStore(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_green_run_is_taken_with_every_rounds_values()
    {
        var run = RunFiles.Passing with { Rounds = [RunFiles.Round(0, 1_000), RunFiles.Round(1, 2_000)] };

        Promote(("a.json", run)).Runs.Single().Added.Should().BeTrue();

        var stored = store.Find("ci", run.TestName)!.Runs.Single();
        stored.Requests.Should().Be(3_000);
        stored.Commit.Should().Be(run.Commit);
        stored.Values.Keys.Should().Contain(["p50", "p99", "mean", "rps", "goodput", "errors", "ttft.p95", "input tokens/s", "service.p99"]);
        stored.Values["rps"].Should().Equal(run.Rounds[0].SucceededPerSecond, run.Rounds[1].SucceededPerSecond);
        stored.Values["p50"].Should().HaveCount(2);
        HistogramCode.FromText(stored.Histogram).TotalCount.Should().Be(3_000);
    }

    [Fact]
    public void The_metric_of_an_unusual_budget_is_kept_as_well()
    {
        var run = RunFiles.Passing with { Plan = RunFiles.Passing.Plan with { Budgets = [new RunBudget("p97.5 < baseline + 10 %", "test")] } };
        Promote(("a.json", run));

        store.Find("ci", run.TestName)!.Runs.Single().Values.Should().ContainKey("p97.5");
    }

    [Theory]
    [InlineData("latency 20 ms", "p50 < 20 ms", "p99 < 200 ms", "p95 < baseline + 10 %")]
    [InlineData("latency 400.5 ms, ttft 200 ms, tpot 30 ms", "p95 < 400.5 ms", "ttft.p95 < 0.2 s", "tpot.p50 <= 30 ms", "service.p50 < 1 ms")]
    [InlineData("none", "p95 < baseline + 10 %")]
    public void The_limits_of_goodput_are_kept(string limits, params string[] budgets)
    {
        var run = RunFiles.Passing with { Plan = RunFiles.Passing.Plan with { Budgets = [.. budgets.Select(budget => new RunBudget(budget, "test"))] } };
        Promote(("a.json", run));

        store.Find("ci", run.TestName)!.Runs.Single().GoodputLimits.Should().Be(limits);
    }

    [Theory]
    [InlineData(nameof(RunOutcome.Failed))]
    [InlineData(nameof(RunOutcome.Invalid))]
    public void A_run_that_is_not_green_is_not_taken_and_the_reason_is_said(string outcome)
    {
        var run = RunFiles.Passing with
        {
            Outcome = Enum.Parse<RunOutcome>(outcome),
            InvalidReasons = ["the CPU was full"],
            Verdicts = [RunFiles.Verdict("p99 < 200 ms") with { Verdict = RunVerdictKind.Broken, Passed = false }],
        };

        Promote(("a.json", run)).Runs.Single().Refused.Should().Contain(outcome == nameof(RunOutcome.Failed) ? "p99 < 200 ms" : "the CPU was full");
        store.Environments.Should().BeEmpty();
    }

    [Theory]
    [InlineData("p99 < baseline + 10 %", "p99 < 200 ms", true)]
    [InlineData("p99 < reference + 10 %", "p99 < 200 ms", false)]
    [InlineData("p99 < baseline + 10 %", null, false)]
    public void A_run_that_is_red_for_the_lack_of_a_baseline_alone_is_taken(string notComparable, string? passed, bool taken)
    {
        var other = RunFiles.Verdict(passed ?? "p50 < 1 ms") with { Verdict = passed is null ? RunVerdictKind.Broken : RunVerdictKind.Met, Passed = passed is not null };
        var run = RunFiles.Passing with
        {
            Outcome = RunOutcome.Failed,
            Verdicts = [RunFiles.Verdict(notComparable) with { Verdict = RunVerdictKind.NotComparable, Passed = false }, other],
        };

        Promote(("a.json", run)).Runs.Single().Added.Should().Be(taken);
    }

    [Fact]
    public void A_run_whose_work_changed_has_a_baseline_and_is_not_taken()
    {
        for (var i = 0; i < Baseline.FewestRuns; i++)
        {
            Promote(($"{i}.json", RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(i) }));
        }

        var run = RunFiles.Passing with
        {
            StartedAt = RunFiles.Passing.StartedAt.AddDays(10),
            Outcome = RunOutcome.Failed,
            Verdicts = [RunFiles.Verdict("p99 < baseline + 10 %") with { Verdict = RunVerdictKind.NotComparable, Passed = false }],
        };

        Promote(("other.json", run)).Runs.Single().Refused.Should().Contain("it failed");
        Promote(("new metric.json", run with { Verdicts = [RunFiles.Verdict("parse.p99 < baseline + 10 %") with { Verdict = RunVerdictKind.NotComparable, Passed = false }] }))
            .Runs.Single().Added.Should().BeTrue("no stored run has it");
    }

    [Theory]
    [InlineData("p99 < baseline + 10 %", 0, "0 output tokens a request in stored runs and 10 in this run")]
    [InlineData("p99 < baseline + 10 %", 10, null)]
    [InlineData("p99 < 200 ms", 0, null)]
    public void A_run_of_other_work_is_not_taken_because_it_passed_without_being_compared(string budget, long stored, string? refused)
    {
        var run = RunFiles.Passing with { Plan = RunFiles.Passing.Plan with { Budgets = [new RunBudget(budget, "test")] } };
        for (var i = 0; i < Baseline.FewestRuns; i++)
        {
            Promote(($"{i}.json", WithTokens(run with { StartedAt = run.StartedAt.AddDays(i) }, stored))).Runs.Single().Added.Should().BeTrue();
        }

        var promoted = Promote(("other.json", WithTokens(run with { StartedAt = run.StartedAt.AddDays(10) }, 10))).Runs.Single();

        promoted.Added.Should().Be(refused is null);
        promoted.Refused.Should().Match(reason => refused == null ? reason == null : reason!.Contains(refused));

        static RunFile WithTokens(RunFile run, long perRequest) =>
            run with { Rounds = [.. run.Rounds.Select(round => round with { OutputTokens = perRequest * round.Succeeded })] };
    }

    [Fact]
    public void A_run_that_ended_early_is_not_like_a_whole_one()
    {
        var whole = RunConditions.Of(RunFiles.Passing);

        RunConditions.Of(RunFiles.Passing with { Ended = RunEarlyEnd.Decided }).Should().NotBeEquivalentTo(whole);
        RunConditions.Of(RunFiles.Passing with { Ended = RunEarlyEnd.MaxDuration }).Should().BeEquivalentTo(whole);
    }

    [Theory]
    [InlineData("p99 < baseline + 10 %", false)]
    [InlineData("p99 < reference + 10 %", false)]
    [InlineData("p99 < 200 ms", true)]
    public void A_regression_that_a_waiver_lets_pass_is_not_what_later_runs_are_held_against(string budget, bool taken)
    {
        var run = RunFiles.Passing with { Verdicts = [RunFiles.Verdict(budget) with { Verdict = RunVerdictKind.Broken, Passed = true, Warned = true }] };

        var promoted = Promote(("a.json", run)).Runs.Single();

        promoted.Added.Should().Be(taken);
        if (!taken)
        {
            promoted.Refused.Should().Contain("regressed").And.Contain(budget);
            store.Environments.Should().BeEmpty();
        }
    }

    [Fact]
    public void A_smoke_run_is_not_taken() =>
        Promote(("a.json", RunFiles.Passing with { Mode = RunMode.Smoke })).Runs.Single().Refused.Should().Contain("smoke");

    [Fact]
    public void A_test_that_is_gone_is_named_and_its_baseline_stays()
    {
        Promote(("a.json", RunFiles.Passing));

        Promote(("b.json", RunFiles.Passing with { TestName = "Renamed" })).Gone.Select(gone => gone.Test).Should().Equal(RunFiles.Passing.TestName);
        store.All("ci", []).Should().HaveCount(2);
    }

    [Fact]
    public void The_same_file_twice_is_one_run()
    {
        Promote(("a.json", RunFiles.Passing));

        Promote(("a.json", RunFiles.Passing)).Runs.Single().Should().Match<PromotedRun>(run => !run.Added && run.Refused == null);
        store.Find("ci", RunFiles.Passing.TestName)!.Runs.Should().HaveCount(1);
    }

    [Fact]
    public void Runs_whose_files_have_one_name_are_different_runs()
    {
        for (var day = 0; day < 3; day++)
        {
            Promote(("run.json", RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(day) })).Runs.Single().Added.Should().BeTrue();
        }

        store.Find("ci", RunFiles.Passing.TestName)!.Runs.Should().HaveCount(3);
    }

    [Fact]
    public void A_failed_run_is_refused_whatever_its_file_is_called()
    {
        Promote(("run.json", RunFiles.Passing));
        var broken = RunFiles.Passing with
        {
            Outcome = RunOutcome.Failed,
            Verdicts = [RunFiles.Verdict("p99 < 200 ms") with { Verdict = RunVerdictKind.Broken, Passed = false }],
        };

        Promote(("run.json", broken with { StartedAt = broken.StartedAt.AddDays(1) })).Runs.Single().Refused.Should().Contain("p99 < 200 ms");
        Promote(("run.json", broken)).Runs.Single().Refused.Should().Contain("p99 < 200 ms", "its time does not make it the stored one");
    }

    /// <summary>A folder that is promoted every night holds the runs of the nights before.</summary>
    [Fact]
    public void Runs_that_were_taken_for_the_lack_of_a_baseline_stay_known_when_there_is_one()
    {
        (string, RunFile)[] red =
        [
            .. Enumerable.Range(0, Baseline.FewestRuns).Select(day => ($"{day}.json", RunFiles.Passing with
            {
                StartedAt = RunFiles.Passing.StartedAt.AddDays(day),
                Outcome = RunOutcome.Failed,
                Verdicts = [RunFiles.Verdict("p99 < baseline + 10 %") with { Verdict = RunVerdictKind.NotComparable, Passed = false }],
            })),
        ];
        Promote(red).Runs.Should().OnlyContain(run => run.Added);

        Promote(red).Runs.Should().OnlyContain(run => !run.Added && run.Refused == null);
    }

    private PromotionResult Promote(params (string File, RunFile Run)[] runs) => Promoter.Promote(store, [[.. runs]]);
}
