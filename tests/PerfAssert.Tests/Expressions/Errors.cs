using FluentAssertions;
using PerfAssert.Expressions;

namespace PerfAssert.Tests.Expressions;

internal static class Errors
{
    public static PerfExpressionException Of(Func<object> parse) => parse.Should().ThrowExactly<PerfExpressionException>().Which;
}
