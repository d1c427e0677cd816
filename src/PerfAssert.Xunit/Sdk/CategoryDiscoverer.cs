using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>The trait every performance test has: <c>dotnet test --filter Category=Performance</c>, or <c>Category!=Performance</c>.</summary>
internal sealed class CategoryDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new("Category", "Performance")];
}
