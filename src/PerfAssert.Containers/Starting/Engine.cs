using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace PerfAssert.Containers.Starting;

/// <summary>The Docker engine: whether it is there, and whether it can give a GPU.</summary>
internal static class Engine
{
    // A GPU that is there and cannot be given, for an old driver or an index that does not exist, is none of these: it must not skip a test.
    private static readonly string[] NoGpu =
    [
        "could not select device driver",
        "no known GPU vendor found",
        "nvml error: driver not loaded",
        "load library failed: libnvidia-ml",
        "no adapters were found",
        "unresolvable CDI devices nvidia.com/gpu=all",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Where Docker should be when Testcontainers found it nowhere: what a message names.</summary>
    public static Uri DefaultEndpoint =>
        Uri.TryCreate(Environment.GetEnvironmentVariable("DOCKER_HOST"), UriKind.Absolute, out var given) ? given
        : OperatingSystem.IsWindows() ? new Uri("npipe://./pipe/docker_engine")
        : new Uri("unix:///var/run/docker.sock");

    /// <exception cref="RequirementMissingException">What <see cref="MissingAsync"/> says.</exception>
    public static async Task RequireAsync(IDockerEndpointAuthenticationConfiguration? endpoint, bool needsGpu, CancellationToken cancellationToken)
    {
        if (await MissingAsync(endpoint, needsGpu, cancellationToken) is { } missing)
        {
            throw missing;
        }
    }

    /// <summary>What the engine lacks; null: nothing. A GPU is missed only where there certainly is none: the start decides.</summary>
    /// <param name="endpoint">The engine; null: the one Testcontainers finds.</param>
    /// <param name="needsGpu">Whether a GPU is asked for.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<RequirementMissingException?> MissingAsync(
        IDockerEndpointAuthenticationConfiguration? endpoint, bool needsGpu, CancellationToken cancellationToken)
    {
        endpoint ??= TestcontainersSettings.OS.DockerEndpointAuthConfig ?? new DockerEndpointAuthenticationConfiguration(DefaultEndpoint);
        using var client = Connect(endpoint);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await client.System.PingAsync(patience.Token);
            return needsGpu && HasCertainlyNoGpu(endpoint.Endpoint, await client.System.GetSystemInfoAsync(patience.Token))
                ? RequirementMissingException.Gpu("the engine has no NVIDIA runtime and the machine no NVIDIA device")
                : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return RequirementMissingException.Docker(endpoint.Endpoint, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (DockerApiException refused)
        {
            return RequirementMissingException.Docker(endpoint.Endpoint, refused);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return RequirementMissingException.Docker(endpoint.Endpoint, exception.GetBaseException().Message, exception);
        }
    }

    public static IDockerClient Connect(IDockerEndpointAuthenticationConfiguration endpoint) => endpoint.GetDockerClientBuilder().Build();

    /// <summary>The digest of a container's image: the registry's, or the engine's own of an image that comes from none.</summary>
    public static async Task<string> DigestAsync(IDockerEndpointAuthenticationConfiguration endpoint, string container, CancellationToken cancellationToken)
    {
        using var client = Connect(endpoint);
        var id = (await client.Containers.InspectContainerAsync(container, cancellationToken)).Image;
        var image = await client.Images.InspectImageAsync(id, cancellationToken);
        return image.RepoDigests?.Select(name => name.Split('@')[^1]).FirstOrDefault() ?? image.ID;
    }

    /// <summary>Whether a refused start means that there is no GPU, by Docker's or the NVIDIA toolkit's words.</summary>
    public static bool MeansNoGpu(DockerApiException refused) =>
        NoGpu.Any(words => refused.Message.Contains(words, StringComparison.OrdinalIgnoreCase));

    // Before an image of many gigabytes is pulled. Docker Desktop and WSL pass a GPU on without a device file; another machine's is not seen.
    private static bool HasCertainlyNoGpu(Uri endpoint, SystemInfoResponse engine) =>
        OperatingSystem.IsLinux()
        && endpoint.Scheme == "unix"
        && engine.OperatingSystem?.Contains("Docker Desktop", StringComparison.Ordinal) != true
        && engine.Runtimes?.Keys.Any(name => name.Contains("nvidia", StringComparison.OrdinalIgnoreCase)) != true
        && !Path.Exists("/dev/nvidiactl")
        && !Path.Exists("/dev/dxg");
}
