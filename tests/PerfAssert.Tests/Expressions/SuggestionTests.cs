using FluentAssertions;
using PerfAssert.Expressions;
using Xunit;

namespace PerfAssert.Tests.Expressions;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("erors", "errors")]
    [InlineData("ERRORS", "errors")]
    [InlineData("rsp", "rps")]
    [InlineData("googput", "goodput")]
    [InlineData("latency", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void It_is_the_nearest_word_if_one_is_near(string word, string? nearest) =>
        Suggestion.Nearest(word, ["errors", "rps", "goodput"]).Should().Be(nearest);

    [Fact]
    public void A_list_reads_as_a_sentence() => Suggestion.List(["a", "b", "c"]).Should().Be("a, b or c");
}
