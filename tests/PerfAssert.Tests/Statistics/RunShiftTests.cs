using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class RunShiftTests
{
    /// <summary>Exact noncentral t, 80 % power, one-sided 1 %, in deviations of a run.</summary>
    [Theory]
    [InlineData(5, 1, 5.3)]
    [InlineData(8, 1, 4.2)]
    [InlineData(10, 1, 3.9)]
    [InlineData(20, 1, 3.5)]
    [InlineData(40, 1, 3.3)]
    [InlineData(5, 3, 3.6)]
    [InlineData(20, 3, 2.1)]
    [InlineData(5, 5, 3.1)]
    [InlineData(20, 5, 1.7)]
    public void The_detectable_shift_is_that_of_the_noncentral_t(int stored, int fresh, double expected) =>
        RunShift.DetectableDeviations(stored, fresh, 0.01, 0.8).Should().BeApproximately(expected, 0.051);

    /// <summary>t = 2 / (sqrt(2.5) * sqrt(1/5 + 1)) = 1.1547, 4 degrees of freedom, sf = 0.15622.</summary>
    [Fact]
    public void The_p_value_is_that_of_the_prediction_interval() =>
        new RunShift([1, 2, 3, 4, 5], [5]).PValue(0).Should().BeApproximately(0.15622, 1e-4);

    [Fact]
    public void A_bound_at_the_level_of_the_p_value_is_the_neutral_shift()
    {
        var shift = new RunShift([1, 2, 3, 4, 5], [5, 6]);

        shift.Bounds(shift.PValue(0)).Lower.Should().BeApproximately(0, 1e-9);
    }

    [Fact]
    public void Runs_that_do_not_vary_are_exact_whatever_their_sum_rounds_to()
    {
        double[] equal = [.. Enumerable.Repeat(0.1 + 0.2, 7)];

        new RunShift(equal, [equal[0]]).Should().Match<RunShift>(shift => shift.Deviation == 0 && shift.Estimate == 0 && shift.PValue(0) == 1);
        new RunShift(equal, [0.4]).PValue(0).Should().Be(0);
    }

    /// <summary>What the level promises, on unchanged runs: 4,000 histories of 10 and one more.</summary>
    [Fact]
    public void Unchanged_runs_are_called_worse_as_often_as_the_level_says()
    {
        var random = new Random(7);
        var rejected = Enumerable.Range(0, 4_000).Count(_ => new RunShift([.. Enumerable.Range(0, 10).Select(_ => Normal(random))], [Normal(random)]).PValue(0) <= 0.05);

        rejected.Should().BeInRange(150, 250);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
