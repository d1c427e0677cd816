using PerfAssert.Clients;
using PerfAssert.Clients.TensorFlowServing;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.TensorFlowServing;

/// <summary>TensorFlow Serving in a container: REST, gRPC and metrics.</summary>
public sealed class TensorFlowServingContainer : ModelServerContainer<TensorFlowServingClient>
{
    private readonly TensorFlowServingConfiguration configuration;

    internal TensorFlowServingContainer(TensorFlowServingConfiguration configuration)
        : base(configuration) => this.configuration = configuration;

    /// <inheritdoc />
    public override TensorFlowServingClient CreateClient(ClientOptions? options = null) => new(BaseAddress, Named(options));

    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken)
    {
        var status = await probe.GetAsync(new Uri(BaseAddress, "v1/models/" + Uri.EscapeDataString(configuration.Model)), cancellationToken);
        return status.UnlessJson(model =>
            model.GetProperty("model_version_status").EnumerateArray().Any(version => version.GetProperty("state").ValueEquals("AVAILABLE")));
    }
}
