namespace PerfAssert.Measurements;

/// <summary>
/// A server that answers a test's requests, as the run file names it. Give it to <see cref="PerfRequest.UseServer"/>, one object a start; the clients
/// of a container of PerfAssert.Containers do so by themselves.
/// </summary>
public sealed class MeasuredServer
{
    /// <summary>Describes a server.</summary>
    /// <param name="name">What it is, for people: <c>Triton</c>.</param>
    /// <param name="image">What was started, as it was asked for: an image with its tag.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public MeasuredServer(string name, string image)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(image);
        (Name, Image) = (name, image);
    }

    /// <summary>What it is, for people.</summary>
    public string Name { get; }

    /// <summary>What was started, as it was asked for.</summary>
    public string Image { get; }

    /// <summary>The image's digest, <c>sha256:…</c>; <see langword="null"/>: unknown.</summary>
    public string? Digest { get; init; }

    /// <summary>From the start until the model was ready; <see langword="null"/>: unknown.</summary>
    public TimeSpan? ColdStart { get; init; }

    /// <summary>
    /// Whether the image is what is tested, so that runs of other images are compared with it. Default: false, the image is part of the
    /// environment, and a baseline of another one is not comparable.
    /// </summary>
    public bool IsUnderTest { get; init; }
}
