using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

[Collection(nameof(FeatureRun))]
public sealed class LifetimeTests(FeatureRun features)
{
    private IEnumerable<string> Names => features.Events.Select(happened => happened.Name);

    [Theory]
    [InlineData("collection fixture created")]
    [InlineData("collection fixture disposed")]
    [InlineData("class fixture created")]
    [InlineData("class fixture disposed")]
    public void A_fixture_lives_once(string name) => Names.Count(happened => happened == name).Should().Be(1);

    [Fact]
    public void A_test_has_one_instance_for_all_its_requests_warm_up_included()
    {
        Names.Count(name => name.StartsWith("instance created", StringComparison.Ordinal)).Should().Be(2, because: "there are two tests");
        Names.Count(name => name == "instance disposed").Should().Be(2);
        Names.Should().Contain("instance saw 50 calls").And.Contain("instance saw 40 calls");
    }

    [Fact]
    public void Requests_are_sent_between_InitializeAsync_and_DisposeAsync() =>
        features.Tests["Lifetimes.First"].Outcome.Should().Be("Passed", because: features.Tests["Lifetimes.First"].Message);

    [Fact]
    public void Two_classes_share_a_collection_fixture() =>
        features.Tests["SameGroup.Sees"].Outcome.Should().Be("Passed", because: features.Tests["SameGroup.Sees"].Message);
}
