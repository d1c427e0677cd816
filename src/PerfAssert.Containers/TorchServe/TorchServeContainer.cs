using PerfAssert.Clients;
using PerfAssert.Clients.TorchServe;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.TorchServe;

/// <summary>TorchServe in a container: inference, management, metrics and gRPC.</summary>
public sealed class TorchServeContainer : ModelServerContainer<TorchServeClient>
{
    private readonly TorchServeConfiguration configuration;

    internal TorchServeContainer(TorchServeConfiguration configuration)
        : base(configuration) => this.configuration = configuration;

    /// <summary>The management API: models, versions, workers.</summary>
    /// <exception cref="InvalidOperationException">The container was not started.</exception>
    public Uri ManagementAddress => Address(configuration.ManagementPort);

    /// <inheritdoc />
    public override TorchServeClient CreateClient(ClientOptions? options = null) => new(BaseAddress, Named(options));

    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken)
    {
        var problem = (await probe.GetAsync(new Uri(BaseAddress, "ping"), cancellationToken))
            .UnlessJson(ping => ping.GetProperty("status").ValueEquals("Healthy"));
        foreach (var model in configuration.Models)
        {
            problem ??= (await probe.GetAsync(new Uri(ManagementAddress, "models/" + Uri.EscapeDataString(model)), cancellationToken)).UnlessJson(versions =>
                versions.EnumerateArray().Any(version =>
                    version.GetProperty("workers").EnumerateArray().Any(worker => worker.GetProperty("status").ValueEquals("READY"))));
        }

        return problem;
    }
}
