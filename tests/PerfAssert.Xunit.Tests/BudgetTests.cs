using System.Text.Json;
using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

[Collection(nameof(FeatureRun))]
public sealed class BudgetTests(FeatureRun features)
{
    [Fact]
    public void A_test_whose_budgets_hold_passes_and_shows_its_result_as_output()
    {
        var held = features.Tests["Budgets.Held"];

        held.Outcome.Should().Be("Passed", because: held.Message);
        held.Output.Should().Contain("p50 < 20 s").And.Contain("errors < 10 %");
    }

    [Fact]
    public void A_broken_budget_fails_the_test_and_the_run()
    {
        features.Tests["Budgets.Broken"].Outcome.Should().Be("Failed");
        features.ExitCode.Should().Be(1);
    }

    [Fact]
    public void The_failure_message_has_observed_value_interval_limit_and_sample_size_of_every_budget()
    {
        var message = features.Tests["Budgets.Broken"].Message;

        message.Should().MatchRegex(
            @"p50 < 1 s +broken +1\.2\d* s +1\.2\d* s to 1\.2\d* s +1 s +100",
            because: "the server takes 1.2 s, and 100 requests were sent");
        message.Should().MatchRegex("p90 < 20 s +(met|inconclusive)", because: "a budget that holds is listed beside the broken one, proved or not on a busy machine");
    }

    [Fact]
    public void The_console_shows_the_whole_message() =>
        features.Console.Should().Contain("p50 < 1 s").And.Contain("p90 < 20 s");

    [Fact]
    public void A_failed_test_has_the_result_as_its_message_and_not_a_second_time_as_output() =>
        features.Tests["Budgets.Broken"].Output.Should().NotContain("p50 < 1 s");

    [Fact]
    public void What_the_test_itself_writes_stands_before_the_result()
    {
        var output = features.Tests["Budgets.Talkative"].Output;

        output.Should().Contain("a line of the test's own").And.Contain("p50 < 20 s");
        output.IndexOf("own", StringComparison.Ordinal).Should().BeLessThan(output.IndexOf("p50 < 20 s", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_that_measured_leaves_a_whole_run_file() =>
        features.RunFiles.Should().HaveCountGreaterThan(20).And.OnlyContain(text => IsJson(text));

    private static bool IsJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Object;
    }
}
