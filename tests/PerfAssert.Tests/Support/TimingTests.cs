using Xunit;

namespace PerfAssert.Tests.Support;

/// <summary>Tests that measure time run alone.</summary>
[CollectionDefinition("Timing", DisableParallelization = true)]
public sealed class TimingTests;
