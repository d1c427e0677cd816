using FluentAssertions;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Planning;

public sealed class EnvironmentTests
{
    private const string File = """
        { "environments": {
            "gpu":    { "when": { "gpu": "NVIDIA A1*", "os": "linux" } },
            "stage":  { "when": { "env": "STAGE=blue" } },
            "spaced": { "when": { "env": " DEPLOYED_TO =  blue green " } },
            "ci":     { "when": { "env": " CI " }, "price": { "usdPerHour": 0.096 } },
            "byName": {}
        } }
        """;

    [Theory]
    [InlineData("NVIDIA A100", "linux", "CI", "true", "gpu")]
    [InlineData("nvidia a10g", "linux", "", "", "gpu")]
    [InlineData("NVIDIA A100", "windows", "CI", "true", "ci")]
    [InlineData(null, "linux", "CI", "1", "ci")]
    [InlineData(null, "linux", "CI", "", "default")]
    [InlineData(null, "linux", "STAGE", "blue", "stage")]
    [InlineData(null, "linux", "STAGE", "green", "default")]
    [InlineData(null, "linux", "DEPLOYED_TO", "blue green", "spaced")]
    [InlineData(null, "linux", "PERFASSERT_ENVIRONMENT", "byName", "byName")]
    public void The_named_one_wins_then_the_first_that_matches(string? gpu, string os, string variable, string value, string expected) =>
        Plans.Of(Plans.Standard, File, new MachineFacts(gpu, null, os), (variable, value)).EnvironmentName.Should().Be(expected);

    [Fact]
    public void A_declared_default_is_taken_when_nothing_matches()
    {
        var plan = Plans.Of(Plans.Standard, """{ "environments": { "default": { "price": { "usdPerHour": 2 } } } }""");
        plan.Price.Should().Be(new Price(2, "perf-budgets.json:1:59"));
        plan.Notes.Should().Equal("environment default: perf-budgets.json:1:21, as no \"when\" matches", "price 2 USD/h: perf-budgets.json:1:59");
    }

    [Fact]
    public void An_unknown_name_is_an_error() => Plans.Error(Plans.Standard, File, ("PERFASSERT_ENVIRONMENT", "cii")).Should().Be(
        "PERFASSERT_ENVIRONMENT is 'cii', expected one that the file declares: gpu, stage, spaced, ci or byName; did you mean 'ci'?");

    [Fact]
    public void A_name_without_a_file_is_an_error() => Plans.Error(Plans.Standard, null, ("PERFASSERT_ENVIRONMENT", "ci")).Should().StartWith(
        "PERFASSERT_ENVIRONMENT is 'ci', expected it unset: no perf-budgets.json was found upwards from ");

    [Fact]
    public void A_name_without_environments_is_an_error() => Plans.Error(Plans.Standard, "{}", ("PERFASSERT_ENVIRONMENT", "ci")).Should().Be(
        "PERFASSERT_ENVIRONMENT is 'ci', expected it unset: perf-budgets.json declares no environments");
}
