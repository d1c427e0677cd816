using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

public sealed class MisconfiguredTests(MisconfiguredTests.Misconfiguration run) : IClassFixture<MisconfiguredTests.Misconfiguration>
{
    [Fact]
    public void Of_all_misconfigured_tests_not_one_is_green()
    {
        run.Tests.Should().HaveCountGreaterThanOrEqualTo(12);
        run.Tests.Values.Should().OnlyContain(test => test.Outcome == "Failed");
        run.ExitCode.Should().Be(1);
    }

    [Fact]
    public void None_sends_a_request() => run.Events.Should().BeEmpty();

    [Theory]
    [InlineData("NoBudget", "[Budget")]
    [InlineData("NoLoad", "[Load")]
    [InlineData("WrongLoad", "many requests")]
    [InlineData("WrongBudget", "p99 below 1 s")]
    [InlineData("AgainstTheDirection", "p99 > 1 s")]
    [InlineData("UnknownMetric", "pace")]
    [InlineData("WrongUnit", "%")]
    [InlineData("ImpossiblePercentile", "p100")]
    [InlineData("WrongRequestTimeout", "soon")]
    [InlineData("NoRounds", "Rounds")]
    [InlineData("AsyncVoid", "async void")]
    [InlineData("UnsuppliedParameter", "'length'")]
    [InlineData("TooManyValues", "2 values")]
    [InlineData("WrongValue", "'text' does not fit parameter 'length'")]
    [InlineData("NoRows", "No data found")]
    [InlineData("NeverMeasured", "typo")]
    [InlineData("Nested", "inside of another one")]
    public void The_message_names_the_mistake(string method, string part) =>
        run.Tests.Should().ContainSingle(test => test.Key.StartsWith($"Misconfigured.{method}", StringComparison.Ordinal))
            .Which.Value.Message.Should().Contain(part);

    [Fact]
    public void A_test_that_would_wait_for_its_own_turn_fails_at_once() =>
        run.Tests["MisconfiguredSetUp.Fact"].Message.Should().Contain("inside of another one");

    public sealed class Misconfiguration : IAsyncLifetime
    {
        internal IReadOnlyDictionary<string, ReportedTest> Tests { get; private set; } = new Dictionary<string, ReportedTest>();

        internal IReadOnlyList<ScenarioEvent> Events { get; private set; } = [];

        internal int ExitCode { get; private set; }

        public async Task InitializeAsync()
        {
            using var folder = new ScenarioFolder();
            using var run = await ScenarioRun.CompleteAsync(folder, "FullyQualifiedName~Scenarios.Misconfigured.|FullyQualifiedName~Scenarios.MisconfiguredSetUp.");
            (Tests, Events, ExitCode) = (run.Tests, folder.Events(), run.ExitCode);
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
