using PerfAssert.Clients;
using PerfAssert.Clients.Json;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Http;

/// <summary>An HTTP server in a container.</summary>
public sealed class HttpContainer : ModelServerContainer<JsonClient>
{
    internal HttpContainer(ModelServerConfiguration configuration)
        : base(configuration)
    {
    }

    /// <inheritdoc />
    public override JsonClient CreateClient(ClientOptions? options = null) => new(BaseAddress, options);

    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken) =>
        (await probe.GetAsync(new Uri(BaseAddress, Settings.ReadyPath), cancellationToken)).Unless(Settings.ReadyBody);
}
