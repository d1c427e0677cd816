using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.RayServe;

/// <summary>Builds a container of Ray Serve: a Ray head, metrics on, and an application of yours on it.</summary>
public sealed class RayServeBuilder : ModelServerBuilder<RayServeBuilder, RayServeContainer, RayServeConfiguration>
{
    private const string Folder = "/serve";

    private static readonly ServerSettings Defaults = new("Ray Serve", 8000)
    {
        ManagementPort = 8265,
        MetricsPort = 8080,
        Hints =
        [
            "MODULE:APPLICATION names a bound deployment in the mounted folder, and the image has what it imports",
            "the deployment asks for no more CPUs and GPUs than the container has: it waits for them without a word",
        ],
    };

    /// <param name="image">Such as <c>rayproject/ray:2.56.0</c> (<c>2.56.0-gpu</c>), better with its digest.</param>
    public RayServeBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="RayServeBuilder(string)"/>
    public RayServeBuilder(IImage image)
        : base(image, new RayServeConfiguration(new(Defaults)))
    {
    }

    private RayServeBuilder(RayServeConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Mounts a folder of code, read only, and runs an application in it (<c>serve run MODULE:APPLICATION</c>).</summary>
    /// <param name="path">The folder on this machine.</param>
    /// <param name="application">Such as <c>sentiment:app</c>: a variable of a module.</param>
    /// <exception cref="ArgumentException">There is nothing at <paramref name="path"/>, or <paramref name="application"/> is no such name.</exception>
    public RayServeBuilder WithApplication(string path, string application)
    {
        // It becomes a word of a shell's command.
        if (!application.Contains(':', StringComparison.Ordinal) || !application.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':'))
        {
            throw new ArgumentException($"'{application}' is no MODULE:APPLICATION, such as sentiment:app.", nameof(application));
        }

        return WithModelName(application)
            .WithReadOnly(path, Folder)
            .WithWorkingDirectory(Folder)
            .WithCommand("bash", "-c", "ray start --head --metrics-export-port=8080 --dashboard-host=0.0.0.0 && exec serve run --address=auto " + application);
    }

    /// <inheritdoc />
    // HTTP would listen on 127.0.0.1 in the container; the name of the variable differs by version. The object store needs shared memory.
    protected override RayServeBuilder Init() =>
        base.Init()
            .WithEnvironment("RAY_SERVE_DEFAULT_HTTP_HOST", "0.0.0.0")
            .WithEnvironment("RAY_SERVE_HTTP_HOST", "0.0.0.0")
            .WithEnvironment("RAY_USAGE_STATS_ENABLED", "0")
            .WithSharedMemory(2L << 30);

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        Require(Settings.Models.Count > 0, "no application is given. WithApplication(path, \"module:app\") mounts and runs one.");
    }

    private protected override RayServeBuilder New(ModelServerConfiguration values) => new(new RayServeConfiguration(values));

    private protected override RayServeContainer Create(RayServeConfiguration configuration) => new(configuration);
}
