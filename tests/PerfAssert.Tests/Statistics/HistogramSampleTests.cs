using FluentAssertions;
using HdrHistogram;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class HistogramSampleTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(.5, 25)]
    [InlineData(.9, 37)]
    [InlineData(1, 40)]
    public void Quantiles_lie_between_order_statistics_as_type_7_does(double fraction, double value) =>
        Of([10, 20, 30, 40]).Quantile(fraction).Should().BeApproximately(value, 1e-9);

    [Fact]
    public void Quantiles_of_large_values_keep_three_digits()
    {
        var sample = Of([.. Enumerable.Range(1, 1_000).Select(i => i * 1_000_000L)]);

        sample.Quantile(.99).Should().BeApproximately(990.01e6, 990e6 * .001);
        sample.Mean.Should().BeApproximately(500.5e6, 500e6 * .001);
        sample.StandardDeviation.Should().BeApproximately(288.82e6, 288e6 * .001);
    }

    [Fact]
    public void Timeouts_are_slower_than_everything()
    {
        var sample = Of([10, 20, 30], beyond: 1);

        sample.Count.Should().Be(4);
        sample.Quantile(1.0 / 3).Should().Be(20);
        sample.Quantile(2.0 / 3).Should().Be(30, "the neighbour at infinity has no share in it");
        sample.Quantile(.7).Should().Be(double.PositiveInfinity);
        sample.Max.Should().Be(double.PositiveInfinity);
        sample.Exceeding(1e18, orEqual: false).Should().Be(1);
    }

    [Fact]
    public void Values_in_the_bucket_of_the_limit_equal_it()
    {
        var sample = Of([20_000_000, 20_003_000, 21_000_000]);

        sample.Exceeding(20_000_000, orEqual: true).Should().Be(3);
        sample.Exceeding(20_000_000, orEqual: false).Should().Be(1);
        sample.IsOver(sample.AtRank(1), 20_000_000, orEqual: false).Should().BeFalse();
        sample.IsOver(sample.AtRank(1), 20_000_000, orEqual: true).Should().BeTrue();
    }

    [Fact]
    public void Histograms_are_merged_not_averaged()
    {
        var sample = new HistogramSample([Histogram([1, 2]), Histogram([2, 9])]);

        sample.Count.Should().Be(4);
        sample.AtRank(3).Should().Be(2);
        sample.Max.Should().Be(9);
    }

    [Fact]
    public void An_empty_sample_has_no_value()
    {
        var sample = Of([]);

        sample.Quantile(.5).Should().Be(double.NaN);
        sample.Max.Should().Be(double.NaN);
        sample.Mean.Should().Be(double.NaN);
        sample.Exceeding(1, orEqual: true).Should().Be(0);
    }

    private static HistogramSample Of(long[] values, long beyond = 0) => new([Histogram(values)], beyond);

    private static LongHistogram Histogram(long[] values)
    {
        var histogram = new LongHistogram(1, TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerHour, 3);
        Array.ForEach(values, histogram.RecordValue);
        return histogram;
    }
}
