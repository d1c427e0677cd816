namespace PerfAssert.Containers.Starting;

/// <summary>Where the reference's image comes from.</summary>
internal static class ReferenceImage
{
    public const string Variable = "PERFASSERT_REFERENCE_IMAGE";

    public const string HowToGiveOne =
        $"there is no reference: set {Variable} to the image of the version to compare with, such as registry.example/sentiment:main, or give ServerPair a second builder";
}
