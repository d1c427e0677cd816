using PerfAssert.Tests.Load;
using PerfAssert.Tests.Support;
using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("PerfAssert.Tests.Support." + nameof(LongestFirst), "PerfAssert.Tests")]

namespace PerfAssert.Tests.Support;

/// <summary>The test that takes a minute is not the last to begin of those that run side by side.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => collection.DisplayName.EndsWith('.' + nameof(OfferedRateTests), StringComparison.Ordinal));
}
