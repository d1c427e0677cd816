using CsCheck;

namespace PerfAssert.Tests.Expressions;

internal static class Choice
{
    /// <summary>One of the values.</summary>
    public static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
