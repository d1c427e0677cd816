using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

[Collection(nameof(FeatureRun))]
public sealed class MethodTests(FeatureRun features)
{
    [Theory]
    [InlineData("ReturnsTask")]
    [InlineData("ReturnsTaskOfResult")]
    [InlineData("ReturnsValueTask")]
    [InlineData("ReturnsValueTaskOfResult")]
    [InlineData("ReturnsNothing")]
    [InlineData("Static")]
    [InlineData("Tagged")]
    [InlineData("OrdinaryFact")]
    public void A_method_may_return_any_task_or_nothing(string method) =>
        features.Tests["Methods." + method].Outcome.Should().Be("Passed", because: features.Tests["Methods." + method].Message);

    [Theory]
    [InlineData("Skipped", "no server today")]
    [InlineData("SkippedTheory", "no data today")]
    public void Skip_skips_with_its_reason(string method, string reason)
    {
        var test = features.Tests["Methods." + method];

        test.Outcome.Should().Be("NotExecuted");
        (test.Message + test.Output).Should().Contain(reason);
    }

    [Theory]
    [InlineData("Asynchronous")]
    [InlineData("Blocking")]
    public void Timeout_fails_a_test_that_runs_longer_and_stops_its_load(string method)
    {
        var test = features.Tests["TimeLimits." + method];

        test.Outcome.Should().Be("Failed");
        test.Message.Should().Contain("timed out after 1000 milliseconds");
        test.Duration.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_load_has_drained_when_the_instance_is_disposed() =>
        features.Events.Select(happened => happened.Name).Where(name => name.StartsWith("time limit", StringComparison.Ordinal))
            .Should().HaveCount(3).And.OnlyContain(name => name == "time limit reached with 0 in flight");

    [Fact]
    public void A_test_well_below_its_Timeout_passes() =>
        features.Tests["TimeLimits.WellBelow"].Outcome.Should().Be("Passed", because: features.Tests["TimeLimits.WellBelow"].Message);
}
