using FluentAssertions;
using PerfAssert.Expressions;
using Xunit;
using Xunit.Sdk;

namespace PerfAssert.FluentAssertions.Tests;

public sealed class MeetTests : IAsyncLifetime
{
    private PerfResult result = null!;

    public async Task InitializeAsync() => result = await PerfTest.Run(
        request => Task.Delay(20, request.CancellationToken),
        load: "60 requests by 3 users",
        budgets: ["p50 < 5 s"]);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void A_budget_that_holds_is_met() => result.Should().Meet("p50 < 2 s").And.Meet("errors <= 0 %");

    [Fact]
    public void A_budget_that_does_not_hold_fails_with_the_whole_result()
    {
        Action meeting = () => result.Should().Meet("p50 < 1 ms", "users {0}", "wait");

        var judged = result.Judge("p50 < 1 ms").Text;
        judged.Should().Contain("broken").And.Contain("60 requests by 3 users");
        Message(meeting).Should().Be("Expected result to meet \"p50 < 1 ms\" because users wait, but:" + Environment.NewLine + judged.TrimEnd());
    }

    [Fact]
    public async Task What_a_server_answered_is_shown_as_it_is()
    {
        const string Answer = """{"error": {"code": {0}, "where": "{context}"}}""";
        var halfFailed = await PerfTest.Run(
            request => request.Index % 2 == 0 ? Task.CompletedTask : Task.FromException(new InvalidOperationException(Answer)),
            load: "10 requests",
            budgets: ["errors <= 100 %"]);
        Action meeting = () => halfFailed.Should().Meet("errors <= 0 %");

        Message(meeting).Should().Contain(Answer);
    }

    [Fact]
    public void What_was_not_measured_is_not_met()
    {
        Action meeting = () => result.Should().Meet("ttft.p50 < 1 s");

        Message(meeting).Should().Contain("not measured");
    }

    [Fact]
    public void A_wrong_expression_is_told_as_one()
    {
        Action meeting = () => result.Should().Meet("p50 > 1 ms");

        meeting.Should().Throw<PerfExpressionException>();
    }

    [Fact]
    public void Without_a_result_nothing_is_met()
    {
        PerfResult? none = null;
        Action meeting = () => none.Should().Meet("p50 < 1 s");

        Message(meeting).Should().Be("Expected none to meet \"p50 < 1 s\", but:" + Environment.NewLine + "there is no result");
    }

    private static string Message(Action meeting) => meeting.Should().Throw<XunitException>().Which.Message.TrimEnd();
}
