using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Http;

/// <summary>Builds a container of any HTTP server: FastAPI, Flask, your own.</summary>
public sealed class HttpBuilder : ModelServerBuilder<HttpBuilder, HttpContainer, HttpConfiguration>
{
    private static readonly ServerSettings Defaults = new("HTTP", 8000)
    {
        ReadyTimeout = TimeSpan.FromMinutes(2),
        Hints =
        [
            "the server listens on 0.0.0.0 (uvicorn: --host 0.0.0.0), on the port of WithPort",
            "WithReadyPath names a path that answers 2xx once the model is loaded, and not before",
        ],
    };

    /// <param name="image">Your image, better with its digest.</param>
    public HttpBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="HttpBuilder(string)"/>
    public HttpBuilder(IImage image)
        : base(image, new HttpConfiguration(new(Defaults)))
    {
    }

    private HttpBuilder(HttpConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The port in the container the server listens on. Default: 8000, uvicorn's.</summary>
    /// <param name="port">From 1 to 65535.</param>
    public HttpBuilder WithPort(int port) => With(settings => settings with
    {
        HttpPort = port,
        MetricsPort = settings.MetricsPort is null ? null : port,
    });

    /// <summary>What is asked to see whether the model is ready. Default: <c>/</c>, which says little about the model.</summary>
    /// <param name="path">A path that answers 2xx when the model is loaded, such as <c>/health</c>.</param>
    /// <param name="body">What its body must be as well; null: anything.</param>
    public HttpBuilder WithReadyPath(string path, Func<string, bool>? body = null) =>
        With(settings => settings with { ReadyPath = path, ReadyBody = body });

    /// <summary>The path of a metrics page in the Prometheus format, on the server's port. Default: none.</summary>
    /// <param name="path">Such as <c>/metrics</c>.</param>
    public HttpBuilder WithMetricsPath(string path) =>
        With(settings => settings with { MetricsPort = settings.HttpPort, MetricsPath = path });

    /// <summary>Mounts a model, read only.</summary>
    /// <param name="path">A file or folder of this machine.</param>
    /// <param name="target">Where the server looks for it in the container: an absolute path.</param>
    /// <exception cref="ArgumentException">There is nothing at <paramref name="path"/>.</exception>
    public HttpBuilder WithModel(string path, string target) => WithReadOnly(path, target);

    private protected override HttpBuilder New(ModelServerConfiguration values) => new(new HttpConfiguration(values));

    private protected override HttpContainer Create(HttpConfiguration configuration) => new(configuration);
}
