using Xunit;
using Xunit.Sdk;

namespace PerfAssert;

/// <summary>
/// A performance test for every row of data: a <see cref="PerfFactAttribute"/> whose method also takes the row's values, in order,
/// before, after or around its <see cref="PerfRequest"/>. Every row is a test of its own, with its own run and its own verdict.
/// </summary>
/// <remarks>Rows come from <c>[InlineData]</c>, <c>[MemberData]</c>, <c>[ClassData]</c> or any other xunit data attribute.</remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PerfAssert.Xunit.Sdk.PerfTheoryDiscoverer", "PerfAssert.Xunit")]
[TraitDiscoverer("PerfAssert.Xunit.Sdk.CategoryDiscoverer", "PerfAssert.Xunit")]
public sealed class PerfTheoryAttribute : TheoryAttribute, ITraitAttribute
{
}
