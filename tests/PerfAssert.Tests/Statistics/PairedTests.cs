using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class PairedTests
{
    // Exact signed-rank tables, one-sided.
    [Theory]
    [InlineData(.05, "1 3 4 6 9 11 14 18 22 26 31 36")]
    [InlineData(.0294, "- 1 3 5 7 9 12 15 19 23 27 32")]
    [InlineData(.025, "- 1 3 4 6 9 11 14 18 22 26 30")]
    [InlineData(.01, "- - 1 2 4 6 8 10 13 16 20 24")]
    [InlineData(.005, "- - - 1 2 4 6 8 10 13 16 20")]
    public void The_bounding_ranks_of_5_to_16_pairs_are_those_of_the_tables(double level, string ranks) =>
        string.Join(' ', Enumerable.Range(5, 12).Select(n => SignedRank.BoundingRank(n, level)?.ToString() ?? "-")).Should().Be(ranks);

    [Fact]
    public void A_signed_rank_sum_has_its_exact_distribution()
    {
        // Of the 8 patterns of three ranks, sums 0, 1, 2 and 3 (twice).
        SignedRank.AtMost(0, 3).Should().Be(1 / 8.0);
        SignedRank.AtMost(3, 3).Should().Be(5 / 8.0);
        SignedRank.AtMost(6, 3).Should().Be(1);
        SignedRank.AtMost(-1, 3).Should().Be(0);
        SignedRank.AtMost(100 * 101 / 4, 100).Should().BeApproximately(.5, .01);
    }

    [Fact]
    public void The_estimate_is_the_median_of_all_averages_of_two()
    {
        // Averages: -1 1 3 4 6 9.
        var shift = new PairedShift([-1, 3, 9]);

        shift.Estimate.Should().Be((3 + 4) / 2.0);
        shift.Bounds(.125).Should().Be(new Interval(-1, 9));
        shift.Bounds(.25).Should().Be(new Interval(1, 6));
        shift.Bounds(.05).Should().Be(new Interval(double.NegativeInfinity, double.PositiveInfinity));
        new PairedShift([2]).Estimate.Should().Be(2);
    }

    [Fact]
    public void An_interval_covers_the_truth_as_often_as_it_says()
    {
        var random = new Random(7);
        const int Runs = 4_000;

        var missed = Enumerable.Range(0, Runs).Count(_ =>
            new PairedShift([.. Enumerable.Range(0, 8).Select(_ => 1 + (random.NextDouble() * 2) - 1)]).Bounds(.05).Upper < 1);

        // Attainable with 8 pairs: 10 of 256.
        (missed / (double)Runs).Should().BeInRange(.030, .050);
    }

    [Fact]
    public void A_p_value_is_the_share_of_sign_patterns_that_reach_the_sum()
    {
        SignFlips.PValue([1, 2, 3]).Should().Be(1 / 8.0);
        SignFlips.PValue([-1, 2, 3]).Should().Be(2 / 8.0);
        SignFlips.PValue([1, -2, -3]).Should().Be(7 / 8.0);
        SignFlips.PValue([0, 0, 0]).Should().Be(1);
        SignFlips.PValue([.1, .1, .1, .1, .1, .1, .1]).Should().Be(1 / 128.0, "equal sums count however they were rounded");
        SignFlips.PValue([1e-200, 1e-200]).Should().Be(.25);
    }

    [Fact]
    public void Sixteen_pairs_are_tried_in_every_pattern()
    {
        var random = new Random(3);
        double[][] metrics = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 16).Select(_ => random.NextDouble() - .4).ToArray())];
        var scaled = metrics.Select(m => m.Select(d => d / Math.Sqrt(m.Sum(x => x * x))).ToArray()).ToArray();
        double Sum(double[] d, int pattern) => d.Select((x, i) => ((pattern >> i) & 1) == 1 ? -x : x).Sum();

        var expected = scaled.Select(m => Enumerable.Range(0, 1 << 16).Count(pattern => scaled.Max(other => Sum(other, pattern)) >= m.Sum() - 1e-9) / 65_536.0);

        SignFlips.MaxT(metrics).Should().Equal(expected);
        SignFlips.PValue([.. Enumerable.Repeat(.1, 16)]).Should().Be(1 / 65_536.0);
    }

    [Fact]
    public void Above_16_pairs_random_patterns_stand_for_all()
    {
        SignFlips.PValue([.. Enumerable.Repeat(1.0, 40)]).Should().Be(1e-4, "9,999 patterns and the observed one");
        SignFlips.PValue([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1.0 : -1)]).Should().BeInRange(.5, .65);
        var differences = Enumerable.Range(0, 17).Select(i => i - 4.0).ToArray();
        SignFlips.PValue(differences).Should().BeApproximately(Exactly(differences), .01);

        static double Exactly(double[] d) => Enumerable.Range(0, 1 << d.Length)
            .Count(p => d.Select((x, i) => (p >> i & 1) == 1 ? -x : x).Sum() >= d.Sum() - 1e-9) / (double)(1 << d.Length);
    }

    [Fact]
    public void Differences_that_are_no_numbers_are_an_error()
    {
        var none = () => SignFlips.PValue([]);
        var infinite = () => SignFlips.PValue([1, double.PositiveInfinity]);
        var uneven = () => SignFlips.MaxT([[1, 2], [1]]);
        var shift = () => new PairedShift([double.NaN]);

        none.Should().Throw<ArgumentException>();
        infinite.Should().Throw<ArgumentException>();
        uneven.Should().Throw<ArgumentException>();
        shift.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_metric_that_repeats_another_costs_nothing_and_one_of_its_own_does()
    {
        double[] d = [3, 1, 2, -1, 4, 2, 1, 3];
        double[] other = [-2, 1, 3, -1, 2, -4, 1, -1];

        SignFlips.MaxT([d, [.. d.Select(x => 10 * x)]]).Should().Equal(SignFlips.PValue(d), SignFlips.PValue(d));
        SignFlips.MaxT([d, other])[0].Should().BeInRange(SignFlips.PValue(d) + 1e-9, 2 * SignFlips.PValue(d));
        SignFlips.MaxT([[1, 1, 1, 1, 1, 1, 1, 1], other, d])[0].Should().Be(1 / 256.0, "the floor does not depend on the number of metrics");
    }

    [Fact]
    public void The_family_wise_error_of_max_t_is_its_level()
    {
        var random = new Random(11);
        const int Runs = 2_000;

        var wrong = Enumerable.Range(0, Runs).Count(_ =>
            SignFlips.MaxT([Noise(), Noise(), Noise()]).Min() <= .05);

        (wrong / (double)Runs).Should().BeInRange(.035, .065);

        double[] Noise() => [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() - .5)];
    }

    // Exact noncentral t: detectable shift in standard deviations at 1 % and 80 % power.
    [Theory]
    [InlineData(5, 2.18)]
    [InlineData(6, 1.80)]
    [InlineData(7, 1.56)]
    [InlineData(8, 1.40)]
    [InlineData(10, 1.19)]
    [InlineData(12, 1.05)]
    [InlineData(16, .87)]
    [InlineData(20, .76)]
    [InlineData(30, .61)]
    public void The_detectable_shift_is_that_of_the_noncentral_t(int rounds, double shift) =>
        DetectableShift.Of(rounds, .01, .8).Should().BeApproximately(shift, .006);

    [Fact]
    public void Power_is_the_level_without_a_shift_and_grows_with_it()
    {
        DetectableShift.Power(8, 0, .02).Should().BeApproximately(.02, 1e-6);
        DetectableShift.Power(8, 1, .02).Should().BeLessThan(DetectableShift.Power(8, 1.5, .02));
        DetectableShift.Power(100, 1, .02).Should().BeGreaterThan(.999);
        DetectableShift.Rounds(1, .01, .8).Should().Be(13);
        DetectableShift.Rounds(0, .01, .8).Should().Be(double.PositiveInfinity);
    }

    // Exact sums of binomial coefficients; the first two are the tea-tasting lady.
    [Theory]
    [InlineData(3, 4, 1, 4, .24285714286)]
    [InlineData(4, 4, 0, 4, .01428571429)]
    [InlineData(8, 1_000, 1, 1_000, 0.01932057747)]
    [InlineData(30, 2_000, 12, 1_500, .04026213152)]
    [InlineData(0, 1_000, 0, 1_000, 1)]
    [InlineData(0, 1_000, 5, 1_000, 1)]
    public void Two_shares_are_compared_exactly(long failed, long count, long otherFailed, long otherCount, double p) =>
        FisherExact.PValue(failed, count, otherFailed, otherCount).Should().BeApproximately(p, 1e-9);

    [Fact]
    public void Large_counts_stay_exact()
    {
        FisherExact.PValue(500_000, 10_000_000, 500_000, 10_000_000).Should().BeApproximately(.5, .001);
        FisherExact.PValue(510_000, 10_000_000, 500_000, 10_000_000).Should().BeInRange(1e-30, 1e-20);
        FisherExact.PValue(500_000, 10_000_000, 510_000, 10_000_000).Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void Holm_steps_down_and_never_turns_back()
    {
        Holm.Adjust([.01, .04, .03, .005]).Should().Equal([.03, .06, .06, .02], (a, b) => Math.Abs(a - b) < 1e-12);
        Holm.Adjust([.9, .8]).Should().Equal(1, 1);
        Holm.Adjust([]).Should().BeEmpty();
    }
}
