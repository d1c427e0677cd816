using FluentAssertions;
using PerfAssert.Judging;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class ProofTests
{
    [Theory]
    [InlineData(.02, .08, true)] // Within the limit, with noise of .06.
    [InlineData(-.03, .06, true)]
    [InlineData(-.06, .05, false)] // Only luck brings a bound of so much noise below .1.
    [InlineData(-.40, -.10, true)] // Any worsening is excluded, however noisy.
    [InlineData(-.10, .00, true)]
    public void Noise_larger_than_what_is_allowed_proves_nothing_but_an_improvement(double estimate, double upper, bool precise) =>
        Proof.IsPrecise(estimate, upper, allowed: .1).Should().Be(precise);

    [Theory]
    [InlineData(-.30, -.21, true)]
    [InlineData(-.30, -.20, true)]
    [InlineData(-.21, -.19, false)]
    public void A_budget_that_demands_an_improvement_asks_for_the_bound_alone(double estimate, double upper, bool precise) =>
        Proof.IsPrecise(estimate, upper, allowed: -.2).Should().Be(precise);

    [Theory]
    [InlineData(.00, .1, .10)]
    [InlineData(.04, .1, .06)]
    [InlineData(-.04, .1, .10)] // What is seen as better leaves no more room than none.
    [InlineData(-.30, .1, .30)] // Unless it is so much that a worsening can be excluded.
    [InlineData(-.30, -.2, .10)]
    public void The_room_for_a_proof_is_what_noise_may_take(double estimate, double allowed, double room) =>
        Proof.Room(estimate, allowed).Should().BeApproximately(room, 1e-12);
}
