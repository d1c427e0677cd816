using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class IntervalTests
{
    // From the printed tables of Student's t.
    [Theory]
    [InlineData(1, .025, 12.7062)]
    [InlineData(4, .025, 2.7764)]
    [InlineData(19, .05, 1.7291)]
    [InlineData(1_000_000, .025, 1.96)]
    public void Critical_values_are_those_of_the_tables(double degrees, double tail, double value) =>
        Student.Critical(tail, degrees).Should().BeApproximately(value, 1e-4);

    // By 40-digit arithmetic.
    [Theory]
    [InlineData(1, .25, 1)]
    [InlineData(1, 1e-4, 3183.09875712)]
    [InlineData(1, 1e-9, 318309886.184)]
    [InlineData(2, .025, 4.30265272975)]
    [InlineData(2, 1e-4, 70.700071075)]
    [InlineData(2, 1e-9, 22360.6797415)]
    [InlineData(3, 1e-4, 22.2037422732)]
    [InlineData(3, 1e-9, 1033.1096745)]
    [InlineData(5, 1e-4, 9.67756630088)]
    [InlineData(5, 1e-9, 98.9372246484)]
    [InlineData(30, 1e-4, 4.23398595727)]
    [InlineData(30, 1e-9, 8.44586279627)]
    public void Few_degrees_of_freedom_have_far_tails(double degrees, double tail, double value)
    {
        Student.Critical(tail, degrees).Should().BeApproximately(value, 1e-10 * value);
        Student.Critical(.5, degrees).Should().BeApproximately(0, 1e-12);
        Student.Critical(.9, degrees).Should().BeApproximately(-Student.Critical(.1, degrees), 1e-12);
    }

    [Fact]
    public void The_interval_of_a_mean_is_centred_on_it()
    {
        var bounds = Student.MeanBounds([1, 2, 3, 4, 5], .025)!.Value;

        ((bounds.Lower + bounds.Upper) / 2).Should().BeApproximately(3, 1e-9);
        (bounds.Upper - 3).Should().BeApproximately(2.7764 * Math.Sqrt(2.5 / 5), 1e-3);
        Student.MeanBounds([1], .025).Should().BeNull();
        Student.MeanBounds(1, double.NaN, 10, .025).Should().BeNull();
    }

    [Fact]
    public void Batches_are_rates_of_the_whole_span()
    {
        var steady = Sliced(4, [.. Enumerable.Repeat(7L, 40)]);

        BatchMeans.Of([steady]).Should().HaveCount(20).And.OnlyContain(rate => Math.Abs(rate - 70) < 1e-9);
        BatchMeans.Of([steady, steady]).Should().HaveCount(20);
        BatchMeans.Of([Sliced(.3, 5, 6, 7)]).Should().Equal(50, 60, 70);
        BatchMeans.Of([Sliced(.09, 5)]).Should().BeEmpty("no slice of it is whole");
        BatchMeans.Of([]).Should().BeEmpty();
    }

    [Fact]
    public void Time_in_which_nothing_came_is_part_of_them()
    {
        BatchMeans.Of([Sliced(6, [.. Enumerable.Repeat(20L, 20)])]).Should().HaveCount(20)
            .And.StartWith(Enumerable.Repeat(200.0, 6)).And.EndWith(Enumerable.Repeat(0.0, 13)).And.Subject.Average().Should().BeApproximately(400 / 6.0, 1e-9);
        BatchMeans.Of([Sliced(2)]).Should().HaveCount(20).And.OnlyContain(rate => rate == 0);
        BatchMeans.Of([Sliced(3_600_000, 36_000)]).Should().HaveCount(20).And.StartWith([.2]);
    }

    [Fact]
    public void What_came_in_a_broken_last_slice_counts_with_those_before_it()
    {
        // Ten users whose requests take just over a second each: all end at once.
        var slices = new long[51];
        slices[10] = slices[20] = slices[30] = slices[40] = slices[50] = 10;

        var rates = BatchMeans.Of([Sliced(5.01, slices)]);

        rates.Should().HaveCount(20);
        rates[^1].Should().BeApproximately(10 / .31, 1e-9);
        BatchMeans.Of([Sliced(.3, 1, 2, 3, 4)]).Should().Equal([10, 20, 70], "an end may be noted a moment behind the span");
    }

    private static SlicedCount Sliced(double seconds, params long[] counts) => new(counts, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, 2.0 / 720)]
    [InlineData(new double[] { 1, 2, 3, 4 }, 2.0 / 24)]
    [InlineData(new double[] { 4, 3, 2, 1 }, 2.0 / 24)]
    [InlineData(new double[] { 1, 3, 2 }, 1)]
    [InlineData(new double[] { 5, 5, 5, 5, 5, 5 }, 1)]
    [InlineData(new double[] { 1, 2 }, 1)]
    public void The_p_value_of_a_trend_counts_permutations(double[] series, double p) =>
        MannKendall.PValue(series).Should().BeApproximately(p, 1e-12);

    [Fact]
    public void A_long_trend_is_seen_and_its_approximation_agrees()
    {
        MannKendall.PValue([.. Enumerable.Range(0, 80).Select(i => (double)i)]).Should().BeLessThan(1e-6);
        MannKendall.PValue([.. Enumerable.Range(0, 80).Select(i => (double)(i * 37 % 80))]).Should().BeGreaterThan(.05);
    }
}
