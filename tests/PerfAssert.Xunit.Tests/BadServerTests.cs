using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

public sealed class BadServerTests(BadServerTests.Encounter run) : IClassFixture<BadServerTests.Encounter>
{
    [Fact]
    public void None_of_them_is_green()
    {
        run.Tests.Should().HaveCount(8);
        run.Tests.Values.Should().OnlyContain(test => test.Outcome == "Failed");
    }

    [Fact]
    public void An_unreachable_server_is_said_to_refuse_connections() =>
        Message("BadServers.Unreachable").Should().Contain("refused");

    [Fact]
    public void A_server_that_answers_only_errors_is_not_green_even_if_all_errors_are_allowed() =>
        Message("BadServers.OnlyErrors").Should().Contain("500 (Internal Server").And.MatchRegex("p50 < 5 s +not measured");

    [Fact]
    public void An_answer_that_the_method_only_returns_is_looked_at() =>
        Message("BadServers.OnlyErrorsReturned").Should().Contain("500 (Internal Server").And.MatchRegex("errors <= 0 % +broken +100 %");

    [Fact]
    public void A_stall_of_two_seconds_shows_in_p99() =>
        Message("BadServers.Stalls").Should().MatchRegex(
            @"p99 < 1 s +\w+ +(1\.[6-9]\d?|2(\.[0-2]\d?)?) s", because: "400 of 1,000 requests waited, up to 2 s");

    [Fact]
    public void A_server_that_dies_half_way_fails_by_its_errors() =>
        Message("DyingServer.DiesHalfWay").Should().MatchRegex(@"errors <= 0 % +broken +[45]\d(\.\d+)? %").And.Contain("refused");

    [Theory]
    [InlineData("BlocksInVoid")]
    [InlineData("BlocksBeforeItsTask")]
    public void A_method_that_blocks_is_measured_with_its_block(string method) =>
        Message("BadServers." + method).Should().MatchRegex(@"p50 < 1 ms +(broken|not judged) +[2-9]\d(\.\d+)? ms", because: "it blocks for 20 ms");

    [Fact]
    public void A_request_that_ignores_its_token_is_a_timeout_and_is_not_waited_for()
    {
        var test = run.Tests["BadServers.IgnoresItsToken"];

        test.Message.Should().Contain("20 x Timeout").And.Contain("20 requests ignored");
        test.Duration.Should().BeLessThan(TimeSpan.FromSeconds(15));
    }

    private string Message(string test) => run.Tests[test].Message;

    public sealed class Encounter : IAsyncLifetime
    {
        internal IReadOnlyDictionary<string, ReportedTest> Tests { get; private set; } = new Dictionary<string, ReportedTest>();

        public async Task InitializeAsync()
        {
            using var folder = new ScenarioFolder();
            using var run = await ScenarioRun.CompleteAsync(
                folder, "FullyQualifiedName~Scenarios.BadServers.|FullyQualifiedName~Scenarios.DyingServer.");
            Tests = run.Tests;
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
