using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class BinomialTailTests
{
    // From sums in 40-digit decimal arithmetic.
    [Theory]
    [InlineData(10_000, .01, 118, 0.042047966703783295)]
    [InlineData(1_000_000, .01, 10_300, 0.0013631150395316937)]
    [InlineData(10_000_000, .01, 100_600, 0.028456730666901121)]
    [InlineData(10_000_000, .5, 5_002_000, 0.10300830139751392)]
    [InlineData(10_000_000, .001, 10_300, 0.0014253467354564426)]
    [InlineData(10_000_000, .01, 103_000, 1.18936563694939e-21)]
    public void The_tail_is_exact_up_to_ten_million_requests(long n, double p, long x, double tail)
    {
        BinomialTail.AtLeast(x, n, p).Should().BeApproximately(tail, tail * 1e-7);
        BinomialTail.AtMost(x - 1, n, p).Should().BeApproximately(1 - tail, 1e-8);
    }

    [Theory]
    [InlineData(5, .3)]
    [InlineData(20, .01)]
    public void The_tails_are_the_sums_of_the_probabilities(int n, double p)
    {
        var sum = 0.0;
        for (var x = 0; x <= n; x++)
        {
            BinomialTail.AtLeast(x, n, p).Should().BeApproximately(1 - sum, 1e-12);
            sum += MathNet.Numerics.Distributions.Binomial.PMF(p, n, x);
            BinomialTail.AtMost(x, n, p).Should().BeApproximately(sum, 1e-12);
        }
    }

    [Theory]
    [InlineData(-1, 10, .5, 0, 1)]
    [InlineData(10, 10, .5, 1, 0.0009765625)]
    [InlineData(11, 10, .5, 1, 0)]
    [InlineData(0, 0, .5, 1, 1)]
    [InlineData(0, 10, 0, 1, 1)]
    [InlineData(1, 10, 0, 1, 0)]
    [InlineData(9, 10, 1, 0, 1)]
    [InlineData(10, 10, 1, 1, 1)]
    public void Edges_are_exact(long x, long n, double p, double atMost, double atLeast)
    {
        BinomialTail.AtMost(x, n, p).Should().BeApproximately(atMost, 1e-15);
        BinomialTail.AtLeast(x, n, p).Should().BeApproximately(atLeast, 1e-15);
    }

    [Theory]
    [InlineData(-1, .5)]
    [InlineData(1, -.1)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    public void Nonsense_is_refused(long n, double p) =>
        ((Action)(() => BinomialTail.AtMost(0, n, p))).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Bounds_of_a_share_leave_the_declared_error_on_either_side()
    {
        var bounds = Proportion.Bounds(3, 200, .025);

        BinomialTail.AtLeast(3, 200, bounds.Lower).Should().BeApproximately(.025, 1e-9);
        BinomialTail.AtMost(3, 200, bounds.Upper).Should().BeApproximately(.025, 1e-9);
        Proportion.Bounds(0, 100, .05).Upper.Should().BeApproximately(1 - Math.Pow(.05, .01), 1e-9);
        Proportion.Bounds(0, 100, .05).Lower.Should().Be(0);
        Proportion.Bounds(100, 100, .05).Upper.Should().Be(1);
        Proportion.Bounds(0, 0, .05).Should().Be(new Interval(0, 1));
        FluentActions.Invoking(() => Proportion.Bounds(5, 4, .05)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
