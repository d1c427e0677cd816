using Docker.DotNet.Models;
using DotNet.Testcontainers.Images;

namespace PerfAssert.Containers.Starting;

/// <summary>Where the reference's image comes from.</summary>
internal static class ReferenceImage
{
    public const string Variable = "PERFASSERT_REFERENCE_IMAGE";

    public const string HowToGiveOne =
        $"there is no reference: set {Variable} to the image of the version to compare with, such as registry.example/sentiment:main, or give ServerPair a second builder";

    public const string WhyPulled =
        $"the image of {Variable} is pulled anew, because a registry's tag moves; one that is only on this machine is named by its digest or ID";

    /// <summary>Pulls an image though there is one.</summary>
    public static Func<ImageInspectResponse, bool> PullAnew { get; } = _ => true;

    /// <summary>Whether a registry may have another image by this name by now. A name without a registry may be one of this machine's own.</summary>
    public static bool MayHaveMoved(IImage image) => !string.IsNullOrEmpty(image.Registry) && string.IsNullOrEmpty(image.Digest);
}
