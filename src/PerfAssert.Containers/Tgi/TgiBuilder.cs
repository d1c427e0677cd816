using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Tgi;

/// <summary>Builds a container of Hugging Face's Text Generation Inference.</summary>
public sealed class TgiBuilder : HubModelBuilder<TgiBuilder, TgiContainer, TgiConfiguration>
{
    private static readonly ServerSettings Defaults = new("Text Generation Inference", 80)
    {
        MetricsPort = 80,
        ReadyPath = "/health",
        ReadyTimeout = TimeSpan.FromMinutes(20),
        Hints =
        [
            "the model fits into the GPU's memory: --max-total-tokens and --quantize make it smaller",
            "a gated model needs WithHubToken; fetching the weights is part of the time: WithHubCache",
            "without a GPU, the argument --disable-custom-kernels",
        ],
    };

    /// <param name="image">Such as <c>ghcr.io/huggingface/text-generation-inference:3.3.5</c>, better with its digest.</param>
    public TgiBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="TgiBuilder(string)"/>
    public TgiBuilder(IImage image)
        : base(image, new TgiConfiguration(new(Defaults)))
    {
    }

    private TgiBuilder(TgiConfiguration configuration)
        : base(configuration)
    {
    }

    /// <inheritdoc />
    // Its shards talk through shared memory.
    protected override TgiBuilder Init() => base.Init().WithSharedMemory(1L << 30);

    private protected override string CacheFolder => "/data";

    private protected override IReadOnlyList<string> ModelArguments(string name, string source) => ["--model-id", source];

    private protected override TgiBuilder New(ModelServerConfiguration values) => new(new TgiConfiguration(values));

    private protected override TgiContainer Create(TgiConfiguration configuration) => new(configuration);
}
