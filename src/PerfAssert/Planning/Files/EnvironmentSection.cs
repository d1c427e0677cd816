using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary>An entry of <c>environments</c>.</summary>
internal sealed class EnvironmentSection
{
    public Located<WhenSection>? When { get; set; }

    public Located<PriceSection>? Price { get; set; }

    public PolicySection Policy { get; set; } = new();
}
