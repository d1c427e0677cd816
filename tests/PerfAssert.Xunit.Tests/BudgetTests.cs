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
        held.Output.Should().Contain("p50 < 2 s").And.Contain("errors < 1 %");
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

        message.Should().MatchRegex(@"p50 < 2 ms.*\b3\d(\.\d+)? ms", because: "the server takes 30 ms");
        message.Should().Contain("p95 < 5 s", because: "a met budget is listed beside the broken one");
        message.Should().MatchRegex(@"\[.*,.*\]|…|\.\.| to ", because: "the interval is shown");
        message.Should().Contain("200", because: "that many requests were sent");
    }

    [Fact]
    public void The_console_shows_the_whole_message() =>
        features.Console.Should().Contain("p50 < 2 ms").And.Contain("p95 < 5 s");

    [Fact]
    public void A_failed_test_has_the_result_as_output_too() =>
        features.Tests["Budgets.Broken"].Output.Should().Contain("p50 < 2 ms");

    [Fact]
    public void What_the_test_itself_writes_stands_before_the_result()
    {
        var output = features.Tests["Budgets.Talkative"].Output;

        output.Should().Contain("a line of the test's own").And.Contain("p50 < 5 s");
        output.IndexOf("own", StringComparison.Ordinal).Should().BeLessThan(output.IndexOf("p50 < 5 s", StringComparison.Ordinal));
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
