namespace PerfAssert.Planning.Files;

/// <summary>An entry of <c>waivers</c>: checked, and not acted on by this version.</summary>
internal sealed class WaiverSection
{
    public string Test { get; set; } = "";

    public string Budget { get; set; } = "";

    public string? Ceiling { get; set; }

    public DateOnly Until { get; set; }

    public string? Issue { get; set; }

    public string Reason { get; set; } = "";
}
