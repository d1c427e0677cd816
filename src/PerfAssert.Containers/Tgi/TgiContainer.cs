using PerfAssert.Clients;
using PerfAssert.Clients.TextGenerationInference;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Tgi;

/// <summary>Text Generation Inference in a container: its own API, the OpenAI-style one, and metrics.</summary>
public sealed class TgiContainer : ModelServerContainer<TextGenerationInferenceClient>
{
    internal TgiContainer(TgiConfiguration configuration)
        : base(configuration)
    {
    }

    /// <inheritdoc />
    public override TextGenerationInferenceClient CreateClient(ClientOptions? options = null) => new(BaseAddress, Named(options));

    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken) =>
        (await probe.GetAsync(new Uri(BaseAddress, Settings.ReadyPath), cancellationToken)).Unless()
        ?? (await probe.GetAsync(new Uri(BaseAddress, "info"), cancellationToken)).UnlessJson(info => info.TryGetProperty("model_id", out _));
}
