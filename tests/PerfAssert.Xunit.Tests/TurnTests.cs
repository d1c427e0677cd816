using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

public sealed class TurnTests
{
    [Fact]
    public async Task Tests_of_two_assemblies_and_of_parallel_classes_never_overlap()
    {
        using var one = new ScenarioFolder();
        using var other = new ScenarioFolder();
        using var runOfOne = ScenarioRun.Start(one, "FullyQualifiedName~Scenarios.Turns");
        using var runOfOther = ScenarioRun.Start(other, "FullyQualifiedName~Scenarios.Turns");
        await Task.WhenAll(runOfOne.WaitAsync(), runOfOther.WaitAsync());

        var events = one.Events().Concat(other.Events()).OrderBy(happened => happened.Timestamp).ToList();
        events.Should().HaveCount(16, because: "two copies of two classes with two tests each had their turn");
        events.Select(happened => happened.ProcessId).Distinct().Should().HaveCount(2);
        foreach (var turn in events.Chunk(2))
        {
            turn.Select(happened => happened.Name).Should().Equal("turn begins", "turn ends");
            turn[0].ProcessId.Should().Be(turn[1].ProcessId);
        }
    }
}
