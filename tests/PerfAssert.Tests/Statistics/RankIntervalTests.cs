using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class RankIntervalTests
{
    [Theory]
    [InlineData(368, .99, 360, 368)]
    [InlineData(500, .99, 490, 500)]
    [InlineData(1_000, .99, 983, 997)]
    [InlineData(2_000, .99, 1_971, 1_989)]
    [InlineData(5_000, .99, 4_936, 4_964)]
    [InlineData(10_000, .99, 9_880, 9_920)]
    [InlineData(100, .95, 90, 100)]
    [InlineData(1_000, .95, 936, 964)]
    public void Ranks_of_the_95_percent_interval_are_those_of_the_table(long n, double p, long lower, long upper) =>
        RankInterval.Of(n, p, .95).Should().Be(new RankInterval(lower, upper));

    [Fact]
    public void One_request_fewer_than_the_minimum_has_no_upper_end() =>
        RankInterval.Of(367, .99, .95).Upper.Should().BeNull();

    [Fact]
    public void No_request_has_no_end() => RankInterval.Of(0, .99, .95).Should().Be(new RankInterval(null, null));
}
