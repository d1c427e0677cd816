using FluentAssertions;
using PerfAssert.Baselines;
using Xunit;

namespace PerfAssert.Tests.Baselines;

public sealed class HistoryTests
{
    [Theory]
    [InlineData(2, 20)] // Of ten thousand: no other program.
    [InlineData(500, 10)]
    public void Shares_change_where_people_would_see_it(int failed, int since)
    {
        var runs = Enumerable.Range(0, 20)
            .Select(day => Stored.Run(day) with { Requests = 10_000, Failed = day < 10 ? 0 : failed })
            .Select(run => (run, run.Value("errors")!.Value));

        History.SinceLastChange([.. runs], areShares: true).Should().HaveCount(since);
    }
}
