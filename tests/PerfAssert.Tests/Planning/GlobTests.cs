using FluentAssertions;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Planning;

public sealed class GlobTests
{
    [Theory]
    [InlineData("A.B.C", "A.B.C", true)]
    [InlineData("A.B", "A.B.C", false)]
    [InlineData("A.*", "A.B.C", true)]
    [InlineData("*.C", "A.B.C", true)]
    [InlineData("*B*", "A.B.C", true)]
    [InlineData("A.?.C", "A.B.C", true)]
    [InlineData("A.?.C", "A.BB.C", false)]
    [InlineData("A.?C", "A.C", false)]
    [InlineData("**", "", true)]
    [InlineData("", "A", false)]
    [InlineData("a.b.c", "A.B.C", false)]
    [InlineData("*a*b*c", "xaxbxbxc", true)]
    [InlineData("*a*b*c", "xaxbxcx", false)]
    [InlineData("AxB", "A.B", false)]
    public void A_star_is_any_run_and_a_question_mark_is_one(string pattern, string name, bool matches) =>
        Glob.IsMatch(pattern, name).Should().Be(matches);

    [Theory]
    [InlineData("N.Outer.Inner.Test")]
    [InlineData("N.Outer+Inner.Test")]
    [InlineData("N.Outer.Inner.Test(length: 16)")]
    [InlineData("N.Outer.Inner.Test(*)")]
    [InlineData("N.*")]
    public void A_nested_class_and_arguments_are_matched_either_way(string pattern) =>
        (Plans.Standard with { TestName = "N.Outer.Inner.Test", Arguments = "(length: 16)" }).Matches(pattern).Should().BeTrue();

    [Fact]
    public void Time_does_not_explode_with_stars() =>
        Glob.IsMatch(string.Concat(Enumerable.Repeat("*a", 50)) + "b", new string('a', 5000)).Should().BeFalse();
}
