using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Vllm;

/// <summary>Builds a container of vLLM's OpenAI-style server, on GPUs (<c>WithGpus</c>) or, with its CPU image, on <see cref="WithCpu"/>.</summary>
public sealed class VllmBuilder : HubModelBuilder<VllmBuilder, VllmContainer, VllmConfiguration>
{
    private static readonly ServerSettings Defaults = new("vLLM", 8000)
    {
        MetricsPort = 8000,
        ReadyPath = "/health",
        ReadyTimeout = TimeSpan.FromMinutes(20),
        Hints =
        [
            "the model fits into the GPU's memory: --max-model-len makes it smaller; --enforce-eager starts sooner",
            "a gated model needs WithHubToken; fetching the weights is part of the time: WithHubCache",
            "without a GPU, the image vllm/vllm-openai-cpu and WithCpu",
        ],
    };

    /// <param name="image">Such as <c>vllm/vllm-openai:v0.12.0</c> or <c>vllm/vllm-openai-cpu:v0.12.0</c>, better with its digest.</param>
    public VllmBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="VllmBuilder(string)"/>
    public VllmBuilder(IImage image)
        : base(image, new VllmConfiguration(new(Defaults)))
    {
    }

    private VllmBuilder(VllmConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>What the CPU image needs: more rights (<c>SYS_NICE</c>, no seccomp) for binding to cores, eager mode, a key-value cache.</summary>
    /// <param name="cacheGibibytes">Size of the key-value cache, in GiB; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cacheGibibytes"/> is less than 1.</exception>
    public VllmBuilder WithCpu(int cacheGibibytes = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cacheGibibytes, 1);
        return WithEnvironment("VLLM_CPU_KVCACHE_SPACE", cacheGibibytes.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .WithCommand("--enforce-eager")
            .WithHost(host =>
            {
                host.CapAdd = ["SYS_NICE"];
                host.SecurityOpt = ["seccomp=unconfined"];
            });
    }

    /// <inheritdoc />
    // Tensor-parallel workers talk through shared memory.
    protected override VllmBuilder Init() => base.Init().WithSharedMemory(4L << 30);

    private protected override string CacheFolder => "/root/.cache/huggingface";

    private protected override IReadOnlyList<string> ModelArguments(string name, string source) =>
        ["--model", source, "--served-model-name", name];

    private protected override VllmBuilder New(ModelServerConfiguration values) => new(new VllmConfiguration(values));

    private protected override VllmContainer Create(VllmConfiguration configuration) => new(configuration);
}
