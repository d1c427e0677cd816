using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers;

/// <summary>A server of the Open Inference Protocol in a container, over HTTP and gRPC.</summary>
public abstract class OpenInferenceContainer : ModelServerContainer<OpenInferenceClient>
{
    private protected OpenInferenceContainer(ModelServerConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The gRPC client all requests share, with the options of <c>WithClientOptions</c>: raw tensors. It is disposed with the container.</summary>
    /// <exception cref="InvalidOperationException">The container was not started, or its server has no gRPC port.</exception>
    public OpenInferenceGrpcClient GrpcClient => Shared(() => CreateGrpcClient());

    /// <inheritdoc />
    public override OpenInferenceClient CreateClient(ClientOptions? options = null) => new(BaseAddress, TensorEncoding.Plain, Named(options));

    /// <summary>
    /// An HTTP client of your own that sends tensors raw, to be disposed by you: it costs far less than JSON, where the server takes it
    /// (Triton, OpenVINO).
    /// </summary>
    /// <param name="options">How it connects; null: as <c>WithClientOptions</c> says.</param>
    /// <returns>A new client.</returns>
    /// <exception cref="InvalidOperationException">The container was not started.</exception>
    public OpenInferenceClient CreateRawClient(ClientOptions? options = null) => new(BaseAddress, TensorEncoding.Raw, Named(options));

    /// <summary>A gRPC client of your own, to be disposed by you.</summary>
    /// <param name="encoding">How tensors are sent. Default: raw.</param>
    /// <param name="options">How it connects; null: as <c>WithClientOptions</c> says.</param>
    /// <returns>A new client.</returns>
    /// <exception cref="InvalidOperationException">The container was not started, or its server has no gRPC port.</exception>
    public OpenInferenceGrpcClient CreateGrpcClient(TensorEncoding encoding = TensorEncoding.Raw, ClientOptions? options = null) =>
        new(GrpcAddress ?? throw new InvalidOperationException($"The {Settings.Server} container has no gRPC port."), encoding, Named(options));

    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken)
    {
        var problem = (await probe.GetAsync(new Uri(BaseAddress, "v2/health/ready"), cancellationToken)).Unless();
        foreach (var model in Settings.Models)
        {
            problem ??= (await probe.GetAsync(new Uri(BaseAddress, $"v2/models/{Uri.EscapeDataString(model)}/ready"), cancellationToken)).Unless();
        }

        return problem;
    }
}
