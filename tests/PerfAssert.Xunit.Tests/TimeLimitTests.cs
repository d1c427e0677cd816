using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

[Collection(nameof(FeatureRun))]
public sealed class TimeLimitTests(FeatureRun features)
{
    [Theory]
    [InlineData("Asynchronous")]
    [InlineData("Blocking")]
    [InlineData("IgnoringItsToken")]
    [InlineData("BlockingForLong")]
    public void Timeout_fails_a_test_that_runs_longer_and_stops_its_load(string method)
    {
        var test = features.Tests["TimeLimits." + method];

        test.Outcome.Should().Be("Failed");
        test.Message.Should().Contain("timed out after 1000 milliseconds");
        test.Duration.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void What_was_measured_until_then_is_the_output() =>
        features.Tests["TimeLimits.Asynchronous"].Output.Should().Contain("cut off").And.Contain("2 users for 1 min");

    [Fact]
    public void The_load_has_drained_when_the_instance_is_disposed() =>
        features.Events.Select(happened => happened.Name).Where(name => name.StartsWith("time limit", StringComparison.Ordinal))
            .Should().HaveCount(5).And.OnlyContain(name => name == "time limit reached with 0 in flight");

    [Fact]
    public void A_test_well_below_its_Timeout_passes() =>
        features.Tests["TimeLimits.WellBelow"].Outcome.Should().Be("Passed", because: features.Tests["TimeLimits.WellBelow"].Message);
}
