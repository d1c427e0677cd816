using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class DetectableShareTests
{
    [Theory]
    [InlineData(1_000, 0, 10_000, .01)]
    [InlineData(1_000, 100, 10_000, .01)]
    [InlineData(200, 0, 400, .05)]
    public void A_share_that_is_detectable_is_found_in_80_of_100_runs(int count, long otherFailed, long otherCount, double level)
    {
        var share = DetectableShare.Of(count, otherFailed, otherCount, level, 0.8);

        // Seeded: the same every time.
        var random = new Random(20260401);
        var found = Enumerable.Range(0, 2_000).Count(_ =>
            FisherExact.PValue(Enumerable.Range(0, count).Count(_ => random.NextDouble() < share), count, otherFailed, otherCount) <= level);

        (found / 2_000.0).Should().BeApproximately(0.8, 0.03);
        share.Should().BeGreaterThan((double)otherFailed / otherCount);
    }

    [Fact]
    public void What_not_even_failures_alone_would_show_is_not_detectable() =>
        DetectableShare.Of(2, 0, 2, 0.01, 0.8).Should().Be(double.PositiveInfinity);
}
