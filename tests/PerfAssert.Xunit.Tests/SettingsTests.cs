using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

/// <summary>What surrounds a test: the file, the policy, the results folder.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task A_malformed_file_fails_the_test_and_is_named_with_line_and_column()
    {
        var test = await RunAsync("{\n  \"policy\": { \"confidence\": }\n}", "Methods.Tagged");

        test.Outcome.Should().Be("Failed");
        test.Message.Should().Contain("perf-budgets.json").And.MatchRegex(@"\b2\b");
    }

    [Fact]
    public async Task A_percentile_the_sample_cannot_show_fails_in_strict_policy_and_says_how_many_requests_it_needs()
    {
        var test = await RunAsync("""{ "policy": { "inconclusive": "fail" } }""", "NeedsSamples.Unprovable");

        test.Outcome.Should().Be("Failed");
        test.Message.Should().Contain("p99.9 cannot be shown").And.MatchRegex(@"[\d,]{5,} are needed");
    }

    [Fact]
    public async Task A_results_folder_that_cannot_be_written_fails_the_test_and_is_named()
    {
        using var folder = new ScenarioFolder();
        var results = Path.Combine(folder.Root, "perf-budgets.json", "results");
        using var run = await ScenarioRun.CompleteAsync(folder, "FullyQualifiedName~Methods.Tagged", ("PERFASSERT_RESULTS", results));

        var test = run.Tests["Methods.Tagged"];
        test.Outcome.Should().Be("Failed");
        test.Message.Should().Contain(results);
    }

    [Fact]
    public async Task Filters_select_by_trait()
    {
        using var folder = new ScenarioFolder();
        using var run = await ScenarioRun.CompleteAsync(folder, "Category=Performance&Server=Absent");

        run.Tests.Keys.Should().Equal("Methods.Tagged");
    }

    [Fact]
    public async Task An_ordinary_fact_is_no_performance_test()
    {
        using var folder = new ScenarioFolder();
        using var run = await ScenarioRun.CompleteAsync(folder, "Category!=Performance");

        run.Tests.Keys.Should().Equal("Methods.OrdinaryFact");
        run.ExitCode.Should().Be(0);
    }

    private static async Task<ReportedTest> RunAsync(string settings, string test)
    {
        using var folder = new ScenarioFolder(settings);
        using var run = await ScenarioRun.CompleteAsync(folder, $"FullyQualifiedName~{test}");
        return run.Tests[test];
    }
}
