using System.Collections.Immutable;

namespace PerfAssert.Runs;

/// <summary>A server that requests went to.</summary>
/// <param name="Variant">The version it answered for.</param>
/// <param name="Name">What it is.</param>
/// <param name="Image">What was started, as it was asked for.</param>
/// <param name="Digest">The image's digest; <see langword="null"/>: unknown.</param>
/// <param name="IsUnderTest">Whether the image is what is tested, and no condition of the comparison with other runs.</param>
/// <param name="ColdStartsMs">From each start until the model was ready, in order; empty: unknown.</param>
internal sealed record RunServer(Variant Variant, string Name, string Image, string? Digest, bool IsUnderTest, ImmutableArray<double> ColdStartsMs);
