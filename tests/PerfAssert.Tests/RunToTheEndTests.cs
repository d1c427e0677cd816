using FluentAssertions;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests;

/// <summary>A whole run, from the expressions to the text: when it ends before its declared length.</summary>
[Collection("Timing")]
public sealed class RunToTheEndTests
{
    [TimingFact]
    public async Task A_clear_case_ends_at_the_first_look_and_says_so()
    {
        var result = await PerfTest.Run(
            request => Task.Delay(5, request.CancellationToken),
            load: "200 rps for 2 min",
            budgets: ["p50 < 2 s", "errors < 5 %"]);

        result.Passed.Should().BeTrue(result.ToString());
        result.ToString().Should().MatchRegex(@"ended after 10(\.\d+)? s: every budget was decided");
    }

    [TimingFact]
    public async Task A_load_that_counts_requests_ends_at_its_longest_duration_and_says_so()
    {
        var result = await PerfTest.Run(
            request => Task.Delay(20, request.CancellationToken),
            load: "1000000 requests by 2 users",
            budgets: ["p50 < 2 s"],
            new PerfTestOptions { MaxDuration = "1 s", WarmUp = "1 request" });

        result.Passed.Should().BeTrue(result.ToString());
        result.ToString().Should().Contain("ended at MaxDuration = 1 s");
    }
}
