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
}
