using PerfAssert.Clients;
using PerfAssert.Clients.Json;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.RayServe;

/// <summary>Ray Serve in a container: HTTP, dashboard and metrics.</summary>
public sealed class RayServeContainer : ModelServerContainer<JsonClient>
{
    private readonly RayServeConfiguration configuration;

    internal RayServeContainer(RayServeConfiguration configuration)
        : base(configuration) => this.configuration = configuration;

    /// <summary>Ray's dashboard.</summary>
    /// <exception cref="InvalidOperationException">The container was not started.</exception>
    public Uri DashboardAddress => Address(configuration.DashboardPort);

    /// <inheritdoc />
    public override JsonClient CreateClient(ClientOptions? options = null) => new(BaseAddress, Named(options));

    // The proxy is healthy before the deployments are: the dashboard knows of those.
    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken) =>
        (await probe.GetAsync(new Uri(BaseAddress, "-/healthz"), cancellationToken)).Unless()
        ?? (await probe.GetAsync(new Uri(DashboardAddress, "api/serve/applications/"), cancellationToken)).UnlessJson(serve =>
        {
            var states = serve.GetProperty("applications").EnumerateObject().Select(application => application.Value.GetProperty("status").GetString()).ToList();
            return states.Count > 0 && states.All(state => state == "RUNNING");
        });
}
