using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class ChangePointTests
{
    [Fact]
    public void A_step_is_found_where_it_is() => ChangePoints.Of(Series(1, (10, 0), (10, 5))).Should().Equal(10);

    [Fact]
    public void Two_steps_are_found() => ChangePoints.Of(Series(2, (8, 0), (9, 6), (8, 12))).Should().Equal(8, 17);

    [Fact]
    public void One_outlier_is_no_change()
    {
        var series = Series(3, (20, 0));
        series[11] = 50;

        ChangePoints.Of(series).Should().BeEmpty();
    }

    [Fact]
    public void Fewer_than_five_runs_after_a_step_are_no_segment_yet() => ChangePoints.Of(Series(4, (14, 0), (4, 10))).Should().NotContain(14);

    [Fact]
    public void Equal_values_do_not_change() => ChangePoints.Of([.. Enumerable.Repeat(3.0, 20)]).Should().BeEmpty();

    /// <summary>At most 1 % of histories of white noise: 1,000 of 20 runs.</summary>
    [Fact]
    public void Noise_has_a_change_point_as_seldom_as_the_level_says() =>
        Enumerable.Range(0, 1_000).Count(seed => ChangePoints.Of(Series(seed + 100, (20, 0))).Count > 0).Should().BeLessThanOrEqualTo(10);

    [Fact]
    public void A_shift_that_nobody_would_see_is_no_change()
    {
        var shift = Series(5, (20, 0), (20, 1.5));

        ChangePoints.Of(shift).Should().BeEmpty("runs differ by as much among themselves");
        ChangePoints.Of(Series(6, (20, 0), (20, 6)), least: 10).Should().BeEmpty("it is smaller than what matters");
    }

    /// <summary>Runs that resemble their neighbours: shuffling them is not what they are, and they have no change.</summary>
    [Fact]
    public void A_history_that_wanders_seldom_has_a_change_point()
    {
        var found = Enumerable.Range(0, 100).Count(seed =>
        {
            var (random, state) = (new Random(seed), 0.0);
            return ChangePoints.Of([.. Enumerable.Range(0, 60).Select(_ => state = (0.5 * state) + Normal(random))]).Count > 0;
        });

        found.Should().BeLessThanOrEqualTo(10);
    }

    private static double[] Series(int seed, params (int Count, double Level)[] segments)
    {
        var random = new Random(seed);
        return [.. segments.SelectMany(segment => Enumerable.Range(0, segment.Count).Select(_ => segment.Level + Normal(random)))];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
