using System.Reflection;
using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Runs;
using Xunit;

namespace PerfAssert.Tool.Tests;

/// <summary>With real test runs, in a folder as a user's solution is.</summary>
public sealed class MeasuredTests : IDisposable
{
    private const string Test = "PerfAssert.Xunit.Scenarios.Budgets.Held";

    private readonly PerfGate perfgate = new();
    private readonly string assembly;

    public MeasuredTests()
    {
        var scenarios = typeof(MeasuredTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ScenariosFolder").Value!;
        var copy = Directory.CreateDirectory(Path.Combine(perfgate.Folder, "bin")).FullName;
        foreach (var file in Directory.EnumerateFiles(scenarios))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        assembly = Path.Combine(copy, "PerfAssert.Xunit.Scenarios.dll");
        File.WriteAllText(Path.Combine(perfgate.Folder, "perf-budgets.json"), """{ "regression": ["p50 < baseline + 90000 %"] }""");
    }

    public void Dispose() => perfgate.Dispose();

    [Fact]
    public async Task A_run_is_judged_against_promoted_ones()
    {
        var first = await Measure();
        first.Verdicts.Single(verdict => verdict.Budget.Contains("baseline")).Verdict.Should().Be(RunVerdictKind.NotComparable);
        for (var i = 1; i <= Baseline.FewestRuns; i++)
        {
            // As good runs, also where a busy machine made this one invalid.
            perfgate.Write(first with { StartedAt = first.StartedAt.AddMinutes(-i), Outcome = RunOutcome.Passed, InvalidReasons = [] }, "good");
        }

        (await perfgate.Run("baseline", "promote", "good")).Output.Should().Contain("5 promoted");

        var second = await Measure();
        var judged = second.Verdicts.Single(verdict => verdict.Budget.Contains("baseline"));
        judged.Change!.Rounds.Should().Be(5);
        judged.Verdict.Should().Be(second.Outcome == RunOutcome.Invalid ? RunVerdictKind.Inconclusive : RunVerdictKind.Met);
    }

    [Fact]
    public async Task A_damaged_baseline_fails_the_test_before_its_first_request()
    {
        var first = await Measure();
        Directory.CreateDirectory(Path.Combine(perfgate.Baselines, first.Plan.Environment));
        await File.WriteAllTextAsync(new BaselineStore(perfgate.Baselines).PathOf(first.Plan.Environment, Test), "{");

        var (code, output) = await perfgate.Dotnet("test", assembly, "--filter", "FullyQualifiedName=" + Test);

        code.Should().Be(1);
        output.Should().Contain("its baseline cannot be used").And.Contain("git checkout");
        Directory.GetFiles(Path.Combine(perfgate.Folder, "perf-results")).Should().HaveCount(1);
    }

    [Fact]
    public async Task A_baseline_that_cannot_be_read_fails_the_test_as_well()
    {
        Directory.CreateDirectory(new BaselineStore(perfgate.Baselines).PathOf("default", Test));

        var (code, output) = await perfgate.Dotnet("test", assembly, "--filter", "FullyQualifiedName=" + Test);

        code.Should().Be(1);
        output.Should().Contain("its baseline cannot be used").And.Contain("cannot be read");
    }

    [Fact]
    public async Task Calibration_keeps_the_noise_beside_the_baselines()
    {
        var (code, output) = await perfgate.Run("calibrate", assembly, "--runs", "3", "--", "--filter", "FullyQualifiedName=" + Test);

        // On a busy machine the generator may have been the bottleneck of every run.
        code.Should().BeOneOf([0, 4], output);
        if (code == 0)
        {
            output.Should().Contain(Test).And.Contain("smallest honest limit");
            NoiseStore.Find(new BaselineStore(perfgate.Baselines), "default", Test)!.Metrics["p50"].Runs.Should().Be(3);
        }
    }

    [Fact]
    public async Task Calibration_without_a_measurement_ends_with_2_and_what_the_tests_said()
    {
        var (code, output) = await perfgate.Run("calibrate", "no-such-project", "--runs", "3");

        code.Should().Be(2);
        output.Should().Contain("nothing was measured").And.Contain("no-such-project");
    }

    [Fact]
    public async Task Calibration_that_is_cancelled_stops_its_tests_and_says_so()
    {
        var (code, output) = await perfgate.Interrupt("calibrate", assembly, "--runs", "3", "--", "--filter", "FullyQualifiedName=" + Test);

        code.Should().Be(130, output);
        output.Should().Contain("run 1 of 3").And.Contain("Cancelled: nothing was kept.").And.NotContain("   at ");
        Directory.Exists(perfgate.Baselines).Should().BeFalse();
    }

    private async Task<RunFile> Measure()
    {
        var (_, output) = await perfgate.Dotnet("test", assembly, "--filter", "FullyQualifiedName=" + Test);
        return Directory.GetFiles(Path.Combine(perfgate.Folder, "perf-results")).Should().NotBeEmpty(output).And.Subject
            .Select(RunFileReader.Read).MaxBy(run => run.StartedAt)!;
    }
}
