using FluentAssertions;
using HdrHistogram;
using PerfAssert.Measurements;
using PerfAssert.Statistics;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class HistogramsTests
{
    [Fact]
    public void A_compact_histogram_holds_the_same_counts_and_can_be_merged()
    {
        var wide = Recorded.Wide(3);

        var compact = Histograms.Compact([wide]);

        Counts(compact).Should().Equal(Counts(wide));
        Counts(Histograms.Compact([compact, wide])).Should().Equal(Counts(wide).Select(c => (c.Value, c.Count * 2)));
        Counts(Histograms.Merge([compact, wide])).Should().Equal(Counts(wide).Select(c => (c.Value, c.Count * 2)));
        new HistogramSample([compact]).Quantile(.99).Should().Be(new HistogramSample([wide]).Quantile(.99));
    }

    [Fact]
    public void A_compact_histogram_is_as_large_as_its_values_ask()
    {
        var second = Histograms.Recorder();
        second.RecordValue(1_000_000_000);

        Histograms.Compact([Histograms.Recorder()]).GetEstimatedFootprintInBytes().Should().BeLessThan(20_000);
        Histograms.Compact([second, Histograms.Recorder()]).GetEstimatedFootprintInBytes().Should().BeLessThan(100_000);
        second.GetEstimatedFootprintInBytes().Should().BeGreaterThan(250_000);
    }

    private static IEnumerable<(long Value, long Count)> Counts(HistogramBase histogram) =>
        histogram.RecordedValues().Select(step => (step.ValueIteratedTo, step.CountAtValueIteratedTo));
}
