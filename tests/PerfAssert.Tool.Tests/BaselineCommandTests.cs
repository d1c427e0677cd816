using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tool.Tests;

public sealed class BaselineCommandTests : IDisposable
{
    private readonly PerfGate perfgate = new();

    public void Dispose() => perfgate.Dispose();

    [Fact]
    public async Task A_run_is_promoted_listed_shown_and_dropped()
    {
        perfgate.Write(RunFiles.Passing);

        (await perfgate.Run("baseline", "promote")).Should().Match<(int Code, string Output)>(result => result.Code == 0 && result.Output.Contains("1 promoted, 0 not taken, 0 gone"));
        (await perfgate.Run("baseline", "list")).Output.Should().Contain("ModelPerfTests.SentimentEndpoint.Classify").And.Contain("0123456789ab");
        (await perfgate.Run("baseline", "show", RunFiles.Passing.TestName)).Output.Should().Contain("gpu driver: 550.54.15").And.Contain("6,000");
        (await perfgate.Run("baseline", "drop", RunFiles.Passing.TestName)).Output.Should().Contain("dropped");
        (await perfgate.Run("baseline", "list")).Output.Should().Contain("No baseline");
    }

    [Fact]
    public async Task A_failed_run_is_refused_and_the_exit_code_is_1()
    {
        perfgate.Write(RunFiles.Passing with
        {
            Outcome = RunOutcome.Failed,
            Verdicts = [RunFiles.Verdict("p99 < 200 ms") with { Passed = false, Verdict = RunVerdictKind.Broken }],
        });

        var (code, output) = await perfgate.Run("baseline", "promote");

        code.Should().Be(1);
        output.Should().Contain("not taken").And.Contain("p99 < 200 ms");
        Directory.Exists(Path.Combine(perfgate.Baselines, "ci")).Should().BeFalse();
    }

    [Fact]
    public async Task An_invalid_run_is_refused_and_the_exit_code_is_4()
    {
        perfgate.Write(RunFiles.Passing with { Outcome = RunOutcome.Invalid, InvalidReasons = ["the CPU was full"] });

        (await perfgate.Run("baseline", "promote")).Should().Match<(int Code, string Output)>(result => result.Code == 4 && result.Output.Contains("the CPU was full"));
    }

    [Fact]
    public async Task A_renamed_test_is_named_as_gone()
    {
        perfgate.Write(RunFiles.Passing, "first");
        perfgate.Write(RunFiles.Passing with { TestName = "Renamed" }, "second");
        await perfgate.Run("baseline", "promote", "first");

        (await perfgate.Run("baseline", "promote", "second")).Output
            .Should().Contain("gone       ModelPerfTests.SentimentEndpoint.Classify").And.Contain("perfgate baseline drop");
    }

    [Fact]
    public async Task Two_processes_that_promote_at_once_lose_nothing()
    {
        for (var i = 0; i < 6; i++)
        {
            perfgate.Write(RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(i) }, i % 2 == 0 ? "even" : "odd");
        }

        var results = await Task.WhenAll(perfgate.Run("baseline", "promote", "even"), perfgate.Run("baseline", "promote", "odd"));

        results.Should().AllSatisfy(result => result.Code.Should().Be(0, result.Output));
        new BaselineStore(perfgate.Baselines).Find("ci", RunFiles.Passing.TestName)!.Runs.Should().HaveCount(6);
    }

    [Fact]
    public async Task A_damaged_baseline_is_named_and_the_exit_code_is_2()
    {
        perfgate.Write(RunFiles.Passing);
        await perfgate.Run("baseline", "promote");
        var file = new BaselineStore(perfgate.Baselines).PathOf("ci", RunFiles.Passing.TestName);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("AMD EPYC", "Intel", StringComparison.Ordinal));

        var (code, output) = await perfgate.Run("baseline", "list");

        code.Should().Be(2);
        output.Should().Contain(Path.GetFileName(file) + ":6").And.Contain("changed by hand");
    }

    [Fact]
    public async Task A_change_for_good_is_shown_with_the_runs_it_lies_between()
    {
        foreach (var run in Sessions.Several(8, 1, 0.02).Concat(Sessions.Several(8, 1.5, 0.02, seed: 2)))
        {
            perfgate.Write(run);
        }

        await perfgate.Run("baseline", "promote");

        (await perfgate.Run("baseline", "show", "Tests.Endpoint")).Output.Should().Contain("Changes for good").And.Contain("p50: ");
    }

    [Theory]
    [InlineData("baseline", "promot")]
    [InlineData("baseline", "show", "No.Such.Test")]
    [InlineData("baseline", "promote", "no-such-folder")]
    [InlineData("--no-such-option")]
    public async Task What_cannot_be_done_ends_with_2_and_a_reason(params string[] arguments)
    {
        var (code, output) = await perfgate.Run(arguments);

        code.Should().Be(2);
        output.Trim().Should().NotBeEmpty().And.NotContain("   at ");
    }
}
