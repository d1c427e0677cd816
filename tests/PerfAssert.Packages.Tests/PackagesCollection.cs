using Xunit;

namespace PerfAssert.Packages.Tests;

[CollectionDefinition("Packages")]
public sealed class PackagesCollection : ICollectionFixture<PackedPackages>;
