using Docker.DotNet;
using DotNet.Testcontainers.Configurations;
using PerfAssert.Containers.Starting;
using Xunit;

namespace PerfAssert.Containers.Tests.Real;

/// <summary>A test on a real engine with an image of build/images; skipped without, unless PERFASSERT_REQUIRE=docker says that it is there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ImageFactAttribute : FactAttribute
{
    public ImageFactAttribute(string name) =>
        Skip = Requirements.SkipWithoutDocker
            ?? (Requirements.MustHave(Requirements.DockerName) || Exists(name) ? null : $"There is no image {name}: build/images/build.sh makes it.");

    private static bool Exists(string name)
    {
        using var engine = Engine.Connect(TestcontainersSettings.OS.DockerEndpointAuthConfig);
        try
        {
            return Task.Run(() => engine.Images.InspectImageAsync(name)).GetAwaiter().GetResult() is not null;
        }
        catch (DockerApiException)
        {
            return false;
        }
    }
}
