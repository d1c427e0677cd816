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

    /// <summary>At 1 % a history of white noise: 1,000 histories of 20 runs.</summary>
    [Fact]
    public void Noise_has_a_change_point_as_seldom_as_the_level_says() =>
        Enumerable.Range(0, 1_000).Count(seed => ChangePoints.Of(Series(seed + 100, (20, 0))).Count > 0).Should().BeInRange(1, 22);

    private static double[] Series(int seed, params (int Count, double Level)[] segments)
    {
        var random = new Random(seed);
        return [.. segments.SelectMany(segment => Enumerable.Range(0, segment.Count).Select(_ => segment.Level + Normal(random)))];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
