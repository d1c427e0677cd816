using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Expressions;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class LoadExpressionWarmUpTests
{
    [Theory]
    [InlineData("5 s", "5 s")]
    [InlineData("0.5 s", "500 ms")]
    [InlineData("20 requests", "20 requests")]
    [InlineData("1 request", "1 request")]
    [InlineData("0 s", "0 s")]
    [InlineData("0 requests", "0 s")]
    public void It_is_a_time_or_a_count(string typed, string printed)
    {
        WarmUp.Parse(typed).ToString().Should().Be(printed);
        WarmUp.Parse(printed).Should().Be(WarmUp.Parse(typed));
    }

    [Fact]
    public void Zero_turns_it_off() => WarmUp.Parse("0 s").Should().Be(WarmUp.None);

    [Theory]
    [InlineData("", 1, "found the end, expected a warm-up such as 5 s or 20 requests")]
    [InlineData("5", 2, "found the end, expected ms, s, min or h")]
    [InlineData("1.5 requests", 1, "found 1.5 requests, expected a whole number from 1 to 1,000,000,000")]
    [InlineData("5 s 5 s", 5, "found '5', expected the end")]
    public void A_wrong_one_says_where_and_what_was_expected(string text, int column, string problem)
    {
        var error = Errors.Of(() => WarmUp.Parse(text));
        error.Problem.Should().Be(problem);
        error.Column.Should().Be(column);
    }

    [Theory]
    [InlineData("200 rps for 30 s", "3 s")]
    [InlineData("200 rps for 10 min", "5 s")]
    [InlineData("0 to 200 rps over 10 s, 200 rps for 10 s", "2 s")]
    [InlineData("100 requests by 10 users", "10 requests")]
    [InlineData("5 requests", "1 request")]
    [InlineData("10000 requests", "100 requests")]
    [InlineData("100 rps for 500 requests", "50 requests")]
    [InlineData("4 users for 20 s, 4 users for 500 requests", "2 s")]
    [InlineData("4 users for 500 requests, 4 users for 20 s", "50 requests")]
    public void By_default_it_is_a_tenth_of_the_load(string load, string expected) =>
        WarmUp.DefaultFor(LoadExpression.Parse(load)).ToString().Should().Be(expected);
}
