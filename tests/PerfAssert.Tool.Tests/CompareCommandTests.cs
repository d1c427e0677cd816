using FluentAssertions;
using PerfAssert.Planning;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tool.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private readonly PerfGate perfgate = new();

    public void Dispose() => perfgate.Dispose();

    [Fact]
    public async Task A_regression_ends_with_1_and_a_test_that_is_gone_is_named()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 1, "Tests.Gone"), "base");
        perfgate.Write(Sessions.Of(1.3, 2), "head");

        var (code, output) = await perfgate.Run("compare", "base", "head");

        code.Should().Be(1, output);
        output.Should().Contain("REGRESSED").And.Contain("p50 < reference + 5 %").And.Contain("gone: the base has runs of it").And.Contain("1 regressed, 1 tests gone");
    }

    [Fact]
    public async Task The_same_again_ends_with_0()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2), "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result => result.Code == 0 && result.Output.Contains("1 passed"));
    }

    [Fact]
    public async Task Undecided_under_a_policy_that_fails_it_ends_with_3()
    {
        var run = Sessions.Of(2, 2, rounds: 1);
        perfgate.Write(Sessions.Of(1, 1, rounds: 1), "base");
        perfgate.Write(run with { Plan = run.Plan with { Policy = run.Plan.Policy with { Inconclusive = InconclusivePolicy.Fail } } }, "head");

        (await perfgate.Run("compare", "base", "head")).Code.Should().Be(3);
    }

    [Fact]
    public async Task Nothing_but_invalid_runs_ends_with_4()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2) with { Outcome = RunOutcome.Invalid }, "head");

        (await perfgate.Run("compare", "base", "head")).Code.Should().Be(4);
    }

    [Fact]
    public async Task A_new_test_is_not_comparable_and_ends_with_3_where_that_fails()
    {
        var run = Sessions.Of(1, 1, "Tests.New");
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2), "head");
        perfgate.Write(run with { Plan = run.Plan with { Policy = run.Plan.Policy with { NotComparable = NotComparablePolicy.Fail } } }, "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result => result.Code == 3 && result.Output.Contains("1 tests new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task Run_files_that_are_empty_or_missing_end_with_2(string? content)
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        Directory.CreateDirectory(Path.Combine(perfgate.Folder, "head"));
        if (content is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(perfgate.Folder, "head", "run.json"), content);
        }

        (await perfgate.Run("compare", "base", "head")).Code.Should().Be(2);
    }

    [Fact]
    public async Task A_wrong_budget_ends_with_2_and_points_at_it()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");

        (await perfgate.Run("compare", "base", "base", "--budget", "p99 < 200 ms")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 2 && result.Output.Contains("expected one relative"));
    }

    [Fact]
    public async Task A_test_that_is_gone_ends_with_1_unless_it_is_named()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 1, "Tests.Old"), "base");
        perfgate.Write(Sessions.Of(1, 2), "head");
        perfgate.Write(Sessions.Of(1, 2, "Tests.Odd"), "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 1 && result.Output.Contains("did you mean 'Tests.Odd'?") && result.Output.Contains("1 passed, 1 tests gone, 1 tests new"));
        (await perfgate.Run("compare", "base", "head", "--gone", "Tests.Old")).Code.Should().Be(0);
        (await perfgate.Run("compare", "base", "head", "--gone", "Tests.Ol")).Code.Should().Be(1);
    }

    [Fact]
    public async Task A_test_that_had_no_valid_run_is_gone_all_the_same()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 1, "Tests.Old") with { Outcome = RunOutcome.Invalid, InvalidReasons = ["the CPU was full"] }, "base");
        perfgate.Write(Sessions.Of(1, 2), "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 1 && result.Output.Contains("gone: the base has runs of it") && result.Output.Contains("1 passed, 1 tests gone"));
    }

    [Fact]
    public async Task An_entry_of_tests_that_there_is_no_run_of_is_named()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2), "head");
        await File.WriteAllTextAsync(Path.Combine(perfgate.Folder, "perf-budgets.json"), """{ "tests": { "Tests.Endpoit": {} } }""");

        (await perfgate.Run("compare", "base", "head")).Output.Should().Contain("not used: Tests.Endpoit: this entry").And.MatchRegex(@"did you\s+mean 'Tests\.Endpoint'\?");
    }

    [Fact]
    public async Task Runs_of_another_environment_are_gone_here()
    {
        var run = Sessions.Of(1, 2);
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(run with { Plan = run.Plan with { Environment = "gpu" } }, "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 1 && result.Output.Contains("nothing was compared") && result.Output.Contains("and the head in gpu alone")
            && !result.Output.Contains("the head has none") && !result.Output.Contains("--gone"));
        (await perfgate.Run("compare", "base", "head", "--gone", run.TestName)).Code.Should().Be(3, "it means what it did");
    }

    [Fact]
    public async Task A_folder_compared_with_itself_is_no_pass()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");

        (await perfgate.Run("compare", "base", "base")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 3 && result.Output.Contains("base and head hold the same runs") && result.Output.Contains("nothing was compared"));
    }

    [Fact]
    public async Task Nothing_but_new_tests_is_no_pass()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2, "Tests.New"), "head");

        (await perfgate.Run("compare", "base", "head", "--gone", "Tests.Endpoint")).Code.Should().Be(3);
    }

    [Fact]
    public async Task Runs_of_another_machine_alone_are_no_pass_and_the_field_is_named()
    {
        var run = Sessions.Of(1, 2);
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(run with { Fingerprint = run.Fingerprint with { Cores = 96 } }, "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 3 && result.Output.Contains("not comparable") && result.Output.Contains("96 in the head"));
    }

    /// <summary>Five copies of one run are no five runs: without a difference between them, any worsening would be proved.</summary>
    [Fact]
    public async Task A_copy_of_a_run_file_counts_once()
    {
        var run = perfgate.Write(Sessions.Of(1, 1), "base");
        for (var copy = 0; copy < 5; copy++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(perfgate.Folder, "base", $"copy {copy}")).FullName;
            File.Copy(run, Path.Combine(folder, $"{copy}.json"));
        }

        perfgate.Write(Sessions.Of(1, 2), "head");

        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 0 && result.Output.Contains("BASE has 5 copies of run files") && result.Output.Contains("1 passed"));
    }

    [Fact]
    public async Task Folders_that_are_swapped_are_suspected()
    {
        perfgate.Write(Sessions.Of(1, 1), "old");
        perfgate.Write(Sessions.Of(1, 2), "new");

        (await perfgate.Run("compare", "new", "old")).Output.Should().Contain("are the two swapped?");
        (await perfgate.Run("compare", "old", "new")).Output.Should().NotContain("swapped");
    }

    [Fact]
    public async Task A_run_file_of_another_version_ends_with_2_and_is_named()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        var old = perfgate.Write(Sessions.Of(1, 2), "base");
        await File.WriteAllTextAsync(old, (await File.ReadAllTextAsync(old)).Replace("perfassert.run/1", "perfassert.run/0", StringComparison.Ordinal));

        (await perfgate.Run("compare", "base", "base")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 2 && result.Output.Contains(Path.GetFileName(old)) && result.Output.Contains("perfassert.run/0"));
    }

    [Fact]
    public async Task A_waiver_acts_up_to_its_ceiling_and_its_last_day_and_is_printed()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1.3, 2), "head");

        Waive("Tests.Endpoint", "p50 < baseline + 50 %", "2999-12-31");
        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result =>
            result.Code == 0 && result.Output.Contains("waived until 2999-12-31") && result.Output.Contains("1 waived") && !result.Output.Contains("REGRESSED"));

        Waive("Tests.Endpoint", "p50 < baseline + 10 %", "2999-12-31");
        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result => result.Code == 1 && result.Output.Contains("beyond the ceiling"));

        Waive("Tests.Endpoint", "p50 < baseline + 50 %", "2000-01-01");
        (await perfgate.Run("compare", "base", "head")).Should().Match<(int Code, string Output)>(result => result.Code == 1 && result.Output.Contains("has expired"));
    }

    [Fact]
    public async Task A_waiver_of_a_test_that_there_is_no_run_of_is_named()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1, 2), "head");
        Waive("Tests.Endpoit", "p50 < baseline + 50 %", "2999-12-31");

        (await perfgate.Run("compare", "base", "head")).Output.Should()
            .Contain("waiver of Tests.Endpoit").And.Contain("perf-budgets.json:1:").And.Contain("did you mean 'Tests.Endpoint'?");
    }

    /// <summary>What is redirected is read by programs and files.</summary>
    [Fact]
    public async Task Paths_may_have_spaces_and_redirected_output_has_no_colours()
    {
        perfgate.Write(Sessions.Of(1, 1), "the base");
        perfgate.Write(Sessions.Of(1, 2), "the head");

        (await perfgate.Run("compare", "the base", "the head")).Should().Match<(int Code, string Output)>(result => result.Code == 0 && !result.Output.Contains('\u001b'));
    }

    [Fact]
    public async Task The_budgets_of_the_heads_own_project_count()
    {
        perfgate.Write(Sessions.Of(1, 1), "base");
        perfgate.Write(Sessions.Of(1.3, 2), "tests/Foo/perf-results");
        Waive("Tests.Endpoint", "p50 < baseline + 50 %", "2999-12-31");
        (await perfgate.Run("compare", "base", "tests/Foo/perf-results")).Code.Should().Be(0);

        await File.WriteAllTextAsync(Path.Combine(perfgate.Folder, "tests", "Foo", "perf-budgets.json"), "{}");
        (await perfgate.Run("compare", "base", "tests/Foo/perf-results")).Code.Should().Be(1);
    }

    private void Waive(string test, string ceiling, string until) => File.WriteAllText(
        Path.Combine(perfgate.Folder, "perf-budgets.json"),
        $$"""{ "waivers": [ { "test": "{{test}}", "budget": "p50 < reference + 5 %", "ceiling": "{{ceiling}}", "until": "{{until}}", "reason": "r" } ] }""");
}
