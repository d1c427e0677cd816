using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.LlamaCpp;

/// <summary>Builds a container of llama.cpp's server, its metrics switched on.</summary>
public sealed class LlamaCppBuilder : ModelServerBuilder<LlamaCppBuilder, LlamaCppContainer, LlamaCppConfiguration>
{
    private static readonly ServerSettings Defaults = new("llama.cpp", 8080)
    {
        MetricsPort = 8080,
        ReadyPath = "/health",
        Hints =
        [
            "the model is a GGUF file this version of the server can read, and fits into memory",
            "with WithGpus, an image with GPU support and the argument -ngl 99",
        ],
    };

    /// <param name="image">Such as <c>ghcr.io/ggml-org/llama.cpp:server</c> (<c>server-cuda</c>), better with its digest.</param>
    public LlamaCppBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="LlamaCppBuilder(string)"/>
    public LlamaCppBuilder(IImage image)
        : base(image, new LlamaCppConfiguration(new(Defaults)))
    {
    }

    private LlamaCppBuilder(LlamaCppConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Mounts a model, read only, and serves it.</summary>
    /// <param name="path">A GGUF file of this machine. Clients ask for it by the file's name without its ending.</param>
    /// <exception cref="ArgumentException">The file is not there.</exception>
    public LlamaCppBuilder WithModel(string path)
    {
        var name = HostPath.ModelName(path);
        var target = $"/models/{name}.gguf";
        return With(settings => settings with { Models = [name] }).WithReadOnly(path, target).WithCommand("--model", target, "--alias", name);
    }

    /// <inheritdoc />
    protected override LlamaCppBuilder Init() => base.Init().WithCommand("--host", "0.0.0.0", "--port", "8080", "--metrics");

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        Require(Settings.Models.Count > 0, "no model is given. WithModel(path) mounts a GGUF file.");
    }

    private protected override LlamaCppBuilder New(ModelServerConfiguration values) => new(new LlamaCppConfiguration(values));

    private protected override LlamaCppContainer Create(LlamaCppConfiguration configuration) => new(configuration);
}
