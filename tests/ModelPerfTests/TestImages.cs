using Docker.DotNet;
using DotNet.Testcontainers.Configurations;
using PerfAssert.Containers;

namespace ModelPerfTests;

/// <summary>The images of this suite. Your own come from a registry; these are made by <c>build/images/build.sh</c>, as there is none for them.</summary>
internal static class TestImages
{
    public const string SentimentServer = "perfassert/sentiment-server:test";
    public const string FastApi = "perfassert/fastapi-sentiment:test";
    public const string LlamaServer = "perfassert/llama-server:test";

    // What xunit v3, and PerfAssert.Xunit under xunit 2.9, understand as a skipped test.
    private const string SkipToken = "$XunitDynamicSkip$";

    private static readonly bool AreRequired =
        (Environment.GetEnvironmentVariable("PERFASSERT_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries).Contains("docker");

    /// <summary>Throws in a fixture what skips its tests when the image is missing, or fails them where PERFASSERT_REQUIRE says there is Docker.</summary>
    public static async Task RequireAsync(string image)
    {
        await Requirements.DockerAsync();
        if (!await ExistsAsync(image))
        {
            throw new InvalidOperationException((AreRequired ? "" : SkipToken) + Missing(image));
        }
    }

    /// <summary>Why a test should be skipped; null: it should run.</summary>
    public static string? SkipReason(IEnumerable<string> images) =>
        AreRequired ? null
        : Requirements.SkipWithoutDocker
            ?? images.Where(image => !Task.Run(() => ExistsAsync(image)).GetAwaiter().GetResult()).Select(Missing).FirstOrDefault();

    private static string Missing(string image) => $"There is no image {image}: 'sudo build/images/build.sh' makes it, on Debian.";

    private static async Task<bool> ExistsAsync(string image)
    {
        using var docker = TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder().Build();
        try
        {
            await docker.Images.InspectImageAsync(image);
            return true;
        }
        catch (DockerImageNotFoundException)
        {
            return false;
        }
    }
}
