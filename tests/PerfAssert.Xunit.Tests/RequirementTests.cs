using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

/// <summary>A test whose server cannot be had on this machine is skipped, unless the machine must have it.</summary>
public sealed class RequirementTests
{
    private const string Skipped = "NotExecuted";

    [Fact]
    public async Task A_missing_requirement_skips_the_test_and_says_what_is_missing()
    {
        using var folder = new ScenarioFolder();
        using var run = await ScenarioRun.CompleteAsync(folder, "FullyQualifiedName~Scenarios.Missing");

        run.Tests.Where(test => test.Value.Outcome == Skipped).Select(test => test.Key).Should().BeEquivalentTo(
            "MissingForAClass.Fact",
            "MissingForAClass.Theory(row: 1)",
            "MissingForAClass.Theory(row: 2)",
            "MissingForAClass.AtRunTime",
            "MissingForAGroup.Fact",
            "MissingTwice.Fact",
            "MissingWhenMade.Fact",
            "MissingForATest.Fact",
            "MissingForAPair.Fact");
        run.Tests["MissingForAClass.Fact"].Message.Should().StartWith("Docker is missing: nothing answers at tcp://127.0.0.1:1");
        run.Tests["MissingTwice.Fact"].Message.Should().Contain("Docker is missing").And.Contain("No such thing here.");
        run.Tests["MissingWhenMade.Fact"].Message.Should().Contain("Not even made.");
    }

    [Fact]
    public async Task What_is_not_only_a_missing_requirement_fails()
    {
        using var folder = new ScenarioFolder();
        using var run = await ScenarioRun.CompleteAsync(folder, "FullyQualifiedName~MissingAndBroken|FullyQualifiedName~MissingInARequest");

        run.Tests["MissingAndBroken.Fact"].Outcome.Should().Be("Failed");
        run.Tests["MissingAndBroken.Fact"].Message.Should().Contain("broken");
        run.Tests["MissingInARequest.Fact"].Outcome.Should().Be("Failed");
        run.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task A_machine_that_must_have_it_fails_without_it()
    {
        using var folder = new ScenarioFolder();
        using var run = await ScenarioRun.CompleteAsync(folder, "FullyQualifiedName~MissingForAClass", ("PERFASSERT_REQUIRE", "docker"));

        run.ExitCode.Should().Be(1);
        run.Tests.Should().HaveCount(4).And.OnlyContain(test => test.Value.Outcome == "Failed");
        run.Tests["MissingForAClass.Fact"].Message.Should().Contain("Docker is missing").And.NotContain("$XunitDynamicSkip$");
    }
}
