using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

/// <summary>A fixture that makes the versions of an endpoint ready is found, and asked before each round.</summary>
[Collection(nameof(FeatureRun))]
public sealed class VersionTests(FeatureRun features)
{
    [Fact]
    public void Both_versions_are_asked_for_once_a_round_and_once_for_the_warm_up()
    {
        var compared = features.Tests["Versions.Compared"];
        compared.Outcome.Should().Be("Passed", because: compared.Message);

        var names = features.Events.Select(happened => happened.Name).ToList();

        // The warm-up, and six rounds, or twelve or eighteen where the first ones do not decide. The other test has a round and a warm-up of the candidate.
        var references = names.Count(name => name == "switched to Reference");
        references.Should().BeOneOf(1 + 6, 1 + 12, 1 + 18);
        names.Count(name => name == "switched to Candidate").Should().Be(references + 2);
    }
}
