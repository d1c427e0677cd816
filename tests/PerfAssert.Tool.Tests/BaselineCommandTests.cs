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

    /// <summary>Of a folder without permissions root would see nothing.</summary>
    [Fact]
    public async Task Baselines_that_cannot_be_read_are_named_and_the_exit_code_is_2()
    {
        perfgate.Write(RunFiles.Passing);
        var file = new BaselineStore(perfgate.Baselines).PathOf("ci", RunFiles.Passing.TestName);
        Directory.CreateDirectory(file);
        string[][] commands = [["list"], ["show"], ["show", RunFiles.Passing.TestName], ["promote"], ["drop", RunFiles.Passing.TestName]];
        foreach (var command in commands)
        {
            (await perfgate.Run(["baseline", .. command])).Should().Match<(int Code, string Output)>(result =>
                result.Code == 2 && result.Output.Contains(file) && !result.Output.Contains("   at "), command[0]);
        }

        Directory.Delete(perfgate.Baselines, recursive: true);
        File.CreateSymbolicLink(perfgate.Baselines, Path.GetFileName(perfgate.Baselines));
        foreach (var command in commands)
        {
            (await perfgate.Run(["baseline", .. command])).Should().Match<(int Code, string Output)>(result =>
                result.Code == 2 && result.Output.Contains(perfgate.Baselines) && !result.Output.Contains("   at "), command[0]);
        }
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
        (await perfgate.Run("baseline", "show")).Should().Match<(int Code, string Output)>(result => result.Code == 0 && result.Output.Contains("Changes for good"));
    }

    [Fact]
    public async Task A_smoke_run_is_refused_and_the_exit_code_is_4()
    {
        perfgate.Write(RunFiles.Passing with { Mode = RunMode.Smoke });

        (await perfgate.Run("baseline", "promote")).Should().Match<(int Code, string Output)>(result => result.Code == 4 && result.Output.Contains("a smoke run measures nothing"));
    }

    [Fact]
    public async Task A_copy_of_a_run_file_is_no_further_run()
    {
        var file = perfgate.Write(RunFiles.Passing);
        File.Copy(file, file.Replace(".json", "-copy.json", StringComparison.Ordinal));
        await perfgate.Run("baseline", "promote");
        File.Move(file, file.Replace(".json", "-renamed.json", StringComparison.Ordinal));
        await perfgate.Run("baseline", "promote");

        new BaselineStore(perfgate.Baselines).Find("ci", RunFiles.Passing.TestName)!.Runs.Should().HaveCount(1);
    }

    /// <summary>As a build server makes them that copies each result to the same place.</summary>
    [Fact]
    public async Task Run_files_of_one_name_are_different_runs()
    {
        var file = Path.Combine(perfgate.Folder, "run.json");
        for (var day = 0; day < 2; day++)
        {
            File.Move(perfgate.Write(RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(day) }), file, overwrite: true);
            (await perfgate.Run("baseline", "promote", "run.json")).Should().Match<(int Code, string Output)>(result => result.Code == 0 && result.Output.Contains("1 promoted"));
        }

        File.Move(
            perfgate.Write(RunFiles.Passing with
            {
                StartedAt = RunFiles.Passing.StartedAt.AddDays(2),
                Outcome = RunOutcome.Failed,
                Verdicts = [RunFiles.Verdict("p99 < 200 ms") with { Passed = false, Verdict = RunVerdictKind.Broken }],
            }),
            file,
            overwrite: true);
        (await perfgate.Run("baseline", "promote", "run.json")).Should().Match<(int Code, string Output)>(result => result.Code == 1 && result.Output.Contains("1 not taken"));
    }

    [Fact]
    public async Task A_damaged_baseline_does_not_stop_the_promotion_of_other_tests()
    {
        perfgate.Write(RunFiles.Passing, "first");
        await perfgate.Run("baseline", "promote", "first");
        var file = new BaselineStore(perfgate.Baselines).PathOf("ci", RunFiles.Passing.TestName);
        await File.AppendAllTextAsync(file, "=======");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file))[..^20]);
        perfgate.Write(RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(1) }, "second");
        perfgate.Write(RunFiles.Passing with { TestName = "Z.Other" }, "second");

        var (code, output) = await perfgate.Run("baseline", "promote", "second");

        code.Should().Be(2);
        output.Should().Contain("1 promoted, 1 not taken").And.Contain(Path.GetFileName(file)).And.Contain("is cut off");
    }

    [Fact]
    public async Task A_waiver_of_a_test_that_there_is_no_run_of_is_named()
    {
        perfgate.Write(RunFiles.Passing);
        await File.WriteAllTextAsync(
            Path.Combine(perfgate.Folder, "perf-budgets.json"),
            """{ "waivers": [ { "test": "Deleted", "budget": "p99 < 200 ms", "ceiling": "p99 < 300 ms", "until": "2999-12-31", "reason": "r" } ] }""");

        (await perfgate.Run("baseline", "promote")).Output.Should().Contain("waiver     Deleted: the waiver of p99 < 200 ms (perf-budgets.json:1:16) is not used, no run is of this test");
    }

    [Fact]
    public async Task An_entry_of_tests_that_there_is_no_run_of_is_named()
    {
        perfgate.Write(RunFiles.Passing with { TestName = "Suite.Endpoint.Steady(rate: 5)" });
        await File.WriteAllTextAsync(
            Path.Combine(perfgate.Folder, "perf-budgets.json"),
            """{ "tests": { "Suite.Endpoint.Steady": {}, "Suite.*": {}, "*(rate: 5)": {}, "Suite.Endpont.Steady": {} } }""");

        var (code, output) = await perfgate.Run("baseline", "promote");

        code.Should().Be(0, output);
        output.Should().MatchRegex(@"not used   Suite\.Endpont\.Steady: this entry of ""tests"" \(perf-budgets\.json:1:\d+\) is not used")
            .And.Contain("did you mean 'Suite.Endpoint.Steady'?");
        output.Split("not used   ").Should().HaveCount(2, "the other three mean it");
    }

    [Theory]
    [InlineData("Exp.More.Generic")]
    [InlineData("Exp.More.Generic<Int32>(value: 1)")]
    [InlineData("Exp.More.*")]
    public async Task An_entry_that_means_a_generic_theory_is_used(string entry)
    {
        perfgate.Write(RunFiles.Passing with { TestName = "Exp.More.Generic<Int32>(value: 1)" });
        await File.WriteAllTextAsync(Path.Combine(perfgate.Folder, "perf-budgets.json"), $$"""{ "tests": { "{{entry}}": {} } }""");

        (await perfgate.Run("baseline", "promote")).Output.Should().Contain("1 promoted").And.NotContain("not used");
    }

    [Fact]
    public async Task A_path_that_is_empty_is_told()
    {
        perfgate.Write(RunFiles.Passing);

        (await perfgate.Run("baseline", "promote", "")).Should().Be((2, $"RUNS is empty, expected a path. Is a variable of the command line not set?{Environment.NewLine}"));
        (await perfgate.Run("baseline", "promote", "--baselines", " ")).Output.Should().StartWith("--baselines is empty");
    }

    [Fact]
    public async Task A_run_whose_load_this_version_does_not_know_is_named()
    {
        var file = perfgate.Write(RunFiles.Passing with { Plan = RunFiles.Passing.Plan with { Load = RunFiles.Passing.Plan.Load with { Expression = "8 bursts for 1 min" } } });

        var (code, output) = await perfgate.Run("baseline", "promote");

        code.Should().Be(2);
        output.Should().Contain(file).And.Contain("a load that cannot be understood").And.Contain("bursts").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("{folder}/evil")]
    [InlineData("..")]
    [InlineData("ci\n")]
    [InlineData("")]
    public async Task A_run_file_does_not_say_where_to_write(string environment)
    {
        perfgate.Write(RunFiles.Passing with { TestName = "A.Good" });
        var file = perfgate.Write(RunFiles.Passing with { Plan = RunFiles.Passing.Plan with { Environment = environment.Replace("{folder}", perfgate.Folder, StringComparison.Ordinal) } });

        var (code, output) = await perfgate.Run("baseline", "promote", "--baselines", "inner/perf-baselines");

        code.Should().Be(2);
        output.Should().Contain(file).And.Contain("expected a name of letters, digits").And.NotContain("   at ");
        Directory.Exists(Path.Combine(perfgate.Folder, "inner")).Should().BeFalse("nothing is promoted beside it");
        Directory.Exists(Path.Combine(perfgate.Folder, "evil")).Should().BeFalse();
    }

    /// <summary>There the gate of those tests looks for it.</summary>
    [Fact]
    public async Task Runs_are_promoted_beside_the_budgets_of_their_own_project()
    {
        var project = Directory.CreateDirectory(Path.Combine(perfgate.Folder, "tests", "Foo")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "perf-budgets.json"), """{ "tests": { "Of.Foo": {} } }""");
        var file = perfgate.Write(RunFiles.Passing, "tests/Foo/perf-results");
        perfgate.Write(RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(1) }, "tests/Foo/perf-results");

        var (code, output) = await perfgate.Run("baseline", "promote", "tests/Foo/perf-results");

        code.Should().Be(0, output);
        output.Should().Contain("not used   Of.Foo").And.Contain($"baselines in {Path.Combine(project, "perf-baselines")}");
        (await perfgate.Run("baseline", "promote", file)).Output.Should().Contain("known");
        Directory.Exists(perfgate.Baselines).Should().BeFalse();
        (await perfgate.Run("baseline", "promote", "tests/Foo/perf-results", "--baselines", "perf-baselines")).Output.Should().Contain("2 promoted");
        Directory.Exists(perfgate.Baselines).Should().BeTrue("what is chosen wins");
    }

    /// <summary>An artifact that was downloaded is beside no budgets.</summary>
    [Fact]
    public async Task Runs_from_elsewhere_are_promoted_beside_the_budgets_at_hand()
    {
        using var elsewhere = new TemporaryFolder();
        RunFileWriter.Write(elsewhere.Path, RunFiles.Passing);

        (await perfgate.Run("baseline", "promote", elsewhere.Path)).Output.Should().Contain("1 promoted").And.Contain(perfgate.Baselines);
    }

    /// <summary>Killed at some moment of each of 12 promotions of 40 tests: every file is the old one or the new one.</summary>
    [Fact]
    public async Task A_promotion_that_is_killed_leaves_whole_files()
    {
        for (var test = 0; test < 40; test++)
        {
            perfgate.Write(RunFiles.Passing with { TestName = $"Tests.T{test}" }, "all");
        }

        await perfgate.Run("baseline", "promote", "all");
        for (var day = 1; day <= 8; day++)
        {
            for (var test = 0; test < 40; test++)
            {
                perfgate.Write(RunFiles.Passing with { TestName = $"Tests.T{test}", StartedAt = RunFiles.Passing.StartedAt.AddDays(day) }, "all");
            }

            await perfgate.Kill(TimeSpan.FromMilliseconds(250 + (90 * day)), "baseline", "promote", "all");
            (await perfgate.Run("baseline", "list")).Should().Match<(int Code, string Output)>(result => result.Code == 0 && result.Output.Contains("Tests.T39"));
        }

        (await perfgate.Run("baseline", "promote", "all")).Code.Should().Be(0);
        var store = new BaselineStore(perfgate.Baselines);
        store.All("ci", []).Should().HaveCount(40).And.OnlyContain(baseline => baseline.Runs.Length == 9);
        Directory.GetFiles(store.Folder, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [SmallDiskFact]
    public async Task A_full_disk_loses_nothing_and_is_told()
    {
        using var disk = new SmallDisk(perfgate.Folder, "64k");
        perfgate.Write(RunFiles.Passing, "first");
        (await perfgate.Run("baseline", "promote", "first", "--baselines", disk.Path)).Code.Should().Be(0);
        var file = new BaselineStore(disk.Path).PathOf("ci", RunFiles.Passing.TestName);
        var before = await File.ReadAllTextAsync(file);
        disk.Fill();
        perfgate.Write(RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(1) }, "second");

        var (code, output) = await perfgate.Run("baseline", "promote", "second", "--baselines", disk.Path);

        code.Should().Be(2);
        output.Should().Contain(file).And.Contain("stays as it was").And.Contain("free some space").And.NotContain("   at ");
        (await File.ReadAllTextAsync(file)).Should().Be(before);
        Directory.GetFiles(disk.Path, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [SmallDiskFact]
    public async Task A_folder_that_cannot_be_written_is_told_at_once_and_can_be_read()
    {
        using var disk = new SmallDisk(perfgate.Folder, "1m");
        perfgate.Write(RunFiles.Passing, "first");
        await perfgate.Run("baseline", "promote", "first", "--baselines", disk.Path);
        disk.MakeReadOnly();
        perfgate.Write(RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(1) }, "second");

        var promoted = await perfgate.Run("baseline", "promote", "second", "--baselines", disk.Path);

        promoted.Should().Match<(int Code, string Output)>(result => result.Code == 2 && result.Output.Contains("Make the folder writable") && !result.Output.Contains("another process"));
        (await perfgate.Run("baseline", "show", RunFiles.Passing.TestName, "--baselines", disk.Path)).Code.Should().Be(0);
        (await perfgate.Run("baseline", "drop", RunFiles.Passing.TestName, "--baselines", disk.Path)).Code.Should().Be(2);
    }

    [Fact]
    public async Task Baselines_checked_out_with_other_line_ends_are_used()
    {
        perfgate.Write(RunFiles.Passing, "first");
        await perfgate.Run("baseline", "promote", "first");
        var file = new BaselineStore(perfgate.Baselines).PathOf("ci", RunFiles.Passing.TestName);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\n", "\r\n", StringComparison.Ordinal));
        perfgate.Write(RunFiles.Passing with { StartedAt = RunFiles.Passing.StartedAt.AddDays(1) }, "second");

        (await perfgate.Run("baseline", "promote", "second")).Code.Should().Be(0);
        new BaselineStore(perfgate.Baselines).Find("ci", RunFiles.Passing.TestName)!.Runs.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("baseline", "promot")]
    [InlineData("baseline", "show", "No.Such.Test")]
    [InlineData("baseline", "show")]
    [InlineData("baseline", "promote", "no-such-folder")]
    [InlineData("--no-such-option")]
    public async Task What_cannot_be_done_ends_with_2_and_a_reason(params string[] arguments)
    {
        var (code, output) = await perfgate.Run(arguments);

        code.Should().Be(2);
        output.Trim().Should().NotBeEmpty().And.NotContain("   at ");
    }
}
