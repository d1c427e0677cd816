using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class AllowanceTests
{
    [Theory]
    [InlineData("p95 < baseline + 10 %", 100e6, .0953, 0)]
    [InlineData("p95 < baseline - 10 %", 100e6, -.1054, -.1054)]
    [InlineData("p95 < baseline + 10 % or 20 ms", 100e6, .1823, 0)]
    [InlineData("p95 < baseline - 10 % or 20 ms", 100e6, .1823, 0)]
    [InlineData("rps > baseline - 5 %", 100, .0513, 0)]
    [InlineData("rps > baseline + 5 %", 100, -.0488, -.0488)]
    [InlineData("errors <= baseline + 50 %", .02, .01, 0)]
    [InlineData("errors <= baseline - 50 %", .02, -.01, -.01)]
    [InlineData("errors <= baseline - 50 % or 1 %", .02, .01, 0)]
    [InlineData("errors <= baseline", .02, 0, 0)]
    public void What_is_allowed_is_a_percentage_of_the_usual_value_or_the_floor(string budget, double usual, double allowed, double neutral)
    {
        var allowance = Allowance.Of(Budget.Parse(budget), usual);

        allowance.Allowed.Should().BeApproximately(allowed, 1e-4);
        allowance.Neutral.Should().BeApproximately(neutral, 1e-4);
    }

    [Theory]
    [InlineData("errors < baseline + 50 %", .02, true)]
    [InlineData("errors <= baseline + 50 %", .02, false)]
    [InlineData("errors < baseline + 50 %", 0, false)] // A percentage of no failure.
    [InlineData("errors < baseline - 50 %", 0, false)]
    [InlineData("errors < baseline", 0, true)]
    [InlineData("errors < baseline - 50 %", .02, true)]
    public void Exactly_what_is_allowed_is_too_much_where_the_budget_says_less(string budget, double usual, bool beyond)
    {
        var allowance = Allowance.Of(Budget.Parse(budget), usual);

        allowance.IsBeyond(allowance.Allowed).Should().Be(beyond);
    }

    [Theory]
    [InlineData("errors < baseline", false)]
    [InlineData("errors <= baseline", true)]
    [InlineData("errors < baseline + 10 %", true)]
    [InlineData("errors < baseline - 10 %", true)]
    [InlineData("errors < baseline + 0 % or 1 %", true)]
    [InlineData("p95 < baseline + 10 %", false)]
    public void No_failure_at_all_is_within_but_where_fewer_than_the_usual_ones_are_asked_for(string budget, bool holds) =>
        new[] { 0, .02 }.Should().OnlyContain(usual => Allowance.Of(Budget.Parse(budget), usual + 1e-9).NoFailureHolds == holds);

    [Fact]
    public void Failures_are_held_against_what_a_demanded_improvement_leaves_of_the_usual_ones()
    {
        Of("errors <= baseline - 50 %").FailuresPValue(100, 10_000, 200, 10_000).Should().BeGreaterThan(.4);
        Of("errors <= baseline - 50 %").FailuresPValue(190, 10_000, 200, 10_000).Should().BeLessThan(1e-6);
        Of("errors <= baseline + 50 %").FailuresPValue(190, 10_000, 200, 10_000).Should().BeGreaterThan(.5);

        static Allowance Of(string budget) => Allowance.Of(Budget.Parse(budget), .02);
    }
}
