namespace PerfAssert.Payloads.Images;

/// <summary>How a byte of a pixel becomes a number: (byte / 255 − mean) / deviation, channel by channel.</summary>
/// <param name="Mean">Mean of red, green and blue.</param>
/// <param name="Deviation">Standard deviation of red, green and blue.</param>
public sealed record ImageScale((float Red, float Green, float Blue) Mean, (float Red, float Green, float Blue) Deviation)
{
    /// <summary>From 0 to 1.</summary>
    public static ImageScale Unit { get; } = new((0, 0, 0), (1, 1, 1));

    /// <summary>From −1 to 1.</summary>
    public static ImageScale Symmetric { get; } = new((0.5f, 0.5f, 0.5f), (0.5f, 0.5f, 0.5f));

    /// <summary>That of models trained on ImageNet: means 0.485, 0.456, 0.406, deviations 0.229, 0.224, 0.225.</summary>
    public static ImageScale ImageNet { get; } = new((0.485f, 0.456f, 0.406f), (0.229f, 0.224f, 0.225f));
}
