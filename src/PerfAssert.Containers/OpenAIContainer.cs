using PerfAssert.Clients;
using PerfAssert.Clients.OpenAI;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers;

/// <summary>A server of the OpenAI-style API in a container.</summary>
public abstract class OpenAIContainer : ModelServerContainer<OpenAIClient>
{
    private protected OpenAIContainer(ModelServerConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The name clients ask for the model by.</summary>
    public string Model => Settings.Models[0];

    /// <inheritdoc />
    public override OpenAIClient CreateClient(ClientOptions? options = null) => new(BaseAddress, Model, Named(options));

    // Healthy is a server that has loaded its model, and it says by which name.
    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken) =>
        (await probe.GetAsync(new Uri(BaseAddress, Settings.ReadyPath), cancellationToken)).Unless()
        ?? (await probe.GetAsync(new Uri(BaseAddress, "v1/models"), cancellationToken)).UnlessJson(models =>
            models.GetProperty("data").EnumerateArray().Any(model => model.GetProperty("id").ValueEquals(Model)));
}
