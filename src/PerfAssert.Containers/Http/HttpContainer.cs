using PerfAssert.Clients;
using PerfAssert.Clients.Json;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Http;

/// <summary>An HTTP server in a container.</summary>
public sealed class HttpContainer : ModelServerContainer<JsonClient>
{
    private readonly HttpConfiguration configuration;

    internal HttpContainer(HttpConfiguration configuration)
        : base(configuration) => this.configuration = configuration;

    /// <inheritdoc />
    public override JsonClient CreateClient(ClientOptions? options = null) => new(BaseAddress, Named(options));

    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken) =>
        (await probe.GetAsync(new Uri(BaseAddress, configuration.ReadyPath), cancellationToken)).Unless(Settings.ReadyBody);
}
