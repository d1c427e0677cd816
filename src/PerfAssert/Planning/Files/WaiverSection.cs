using PerfAssert.Budgets;
using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary>An entry of <c>waivers</c>.</summary>
internal sealed class WaiverSection
{
    public string Test { get; set; } = "";

    public Located<Budget> Budget { get; set; } = null!;

    public Located<Budget> Ceiling { get; set; } = null!;

    public DateOnly Until { get; set; }

    public string? Issue { get; set; }

    public string Reason { get; set; } = "";
}
