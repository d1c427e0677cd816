using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary><c>price</c>: a catalogue name or an amount. Exactly one of the two is set.</summary>
internal sealed class PriceSection
{
    public string? CatalogueName { get; set; }

    public Located<double>? UsdPerHour { get; set; }
}
