using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class AutocorrelationTests
{
    /// <summary>A two-state chain with stationary share q and ρ(k) = φᵏ has τ = (1 + φ) / (1 − φ).</summary>
    [Theory]
    [InlineData(.1, .0, 1)]
    [InlineData(.1, .5, 3)]
    [InlineData(.05, .8, 9)]
    [InlineData(.5, .9, 19)]
    public void Tau_of_a_sticky_indicator_is_found(double share, double phi, double tau)
    {
        var random = new Random(7);
        double[][] blocks = [.. Enumerable.Range(0, 8).Select(_ => Chain(random, 20_000, share, phi))];

        Autocorrelation.IntegratedTime(blocks).Should().BeApproximately(tau, tau * .15);
    }

    [Fact]
    public void Tau_is_never_below_one_and_alternation_earns_nothing() =>
        Autocorrelation.IntegratedTime([[.. Enumerable.Range(0, 1_000).Select(i => (double)(i % 2))]]).Should().Be(1);

    [Fact]
    public void What_does_not_vary_is_independent()
    {
        Autocorrelation.IntegratedTime([]).Should().Be(1);
        Autocorrelation.IntegratedTime([[]]).Should().Be(1);
        Autocorrelation.IntegratedTime([[1]]).Should().Be(1);
        Autocorrelation.IntegratedTime([[1, 1, 1, 1, 1]]).Should().Be(1);
        Autocorrelation.LagOne([2, 2, 2, 2]).Should().Be(0);
    }

    [Fact]
    public void The_end_of_a_block_is_no_neighbour_of_the_beginning_of_the_next()
    {
        // Pairs within blocks alternate; across the blocks' ends they would repeat.
        double[][] blocks = [.. Enumerable.Range(0, 100).Select(i => new double[] { i % 2, 1 - (i % 2) })];

        Autocorrelation.IntegratedTime(blocks).Should().Be(1);
    }

    private static double[] Chain(Random random, int length, double share, double phi)
    {
        var state = random.NextDouble() < share;
        return [.. Enumerable.Range(0, length).Select(_ =>
        {
            state = random.NextDouble() < phi ? state : random.NextDouble() < share;
            return state ? 1.0 : 0.0;
        })];
    }
}
