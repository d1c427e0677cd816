using Xunit;

namespace PerfAssert.Packages.Tests;

/// <summary>The classes that share the packed packages.</summary>
[CollectionDefinition("Packages")]
public sealed class PackagesTests : ICollectionFixture<PackedPackages>;
