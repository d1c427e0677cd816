using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Ollama;

/// <summary>Builds a container of Ollama whose model is in memory before the first request, and stays there.</summary>
public sealed class OllamaBuilder : ModelServerBuilder<OllamaBuilder, OllamaContainer, OllamaConfiguration>
{
    private static readonly ServerSettings Defaults = new("Ollama", 11434)
    {
        ReadyTimeout = TimeSpan.FromMinutes(20),
        Hints =
        [
            "a model that is not in the folder of WithModels is pulled, which takes the internet and its time",
            "the model fits into memory; other names are listed by /api/tags",
        ],
    };

    /// <param name="image">Such as <c>ollama/ollama:0.13.0</c> (<c>0.13.0-rocm</c>), better with its digest.</param>
    public OllamaBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="OllamaBuilder(string)"/>
    public OllamaBuilder(IImage image)
        : base(image, new OllamaConfiguration(new(Defaults)))
    {
    }

    private OllamaBuilder(OllamaConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Loads a model at the start, also one that only embeds; it is pulled if the container has it not.</summary>
    /// <param name="name">Such as <c>qwen3:0.6b</c>.</param>
    public OllamaBuilder WithModel(string name) => With(settings => settings with { Models = [name] });

    /// <summary>Keeps models in a folder of this machine (an <c>.ollama</c> folder), made if it is not there: they are pulled once.</summary>
    /// <param name="path">The folder.</param>
    public OllamaBuilder WithModels(string path) => WithBindMount(Directory.CreateDirectory(path).FullName, "/root/.ollama", AccessMode.ReadWrite);

    /// <summary>
    /// How many requests are answered at once (<c>OLLAMA_NUM_PARALLEL</c>). Default: the server's, 1 in most versions: others wait in a
    /// queue, and their wait is in their latency.
    /// </summary>
    /// <param name="requests">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="requests"/> is less than 1.</exception>
    public OllamaBuilder WithParallelRequests(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        return WithEnvironment("OLLAMA_NUM_PARALLEL", requests.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <inheritdoc />
    // By default a model leaves the memory after five idle minutes.
    protected override OllamaBuilder Init() => base.Init().WithEnvironment("OLLAMA_KEEP_ALIVE", "-1");

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        Require(Settings.Models.Count > 0, "no model is named. WithModel(name) loads one.");
    }

    private protected override OllamaBuilder New(ModelServerConfiguration values) => new(new OllamaConfiguration(values));

    private protected override OllamaContainer Create(OllamaConfiguration configuration) => new(configuration);
}
