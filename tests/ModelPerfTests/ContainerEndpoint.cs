using PerfAssert;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Containers.Triton;
using Xunit;

namespace ModelPerfTests;

/// <summary>
/// A model server in a container, one for all tests of a class. The image stands in for Triton: it has Triton's command, ports and readiness.
/// </summary>
public sealed class SentimentContainer : IAsyncLifetime
{
    private readonly TritonContainer container = new TritonBuilder(TestImages.SentimentServer).WithModel("sentiment").Build();

    internal OpenInferenceClient Client => container.Client;

    internal OpenInferenceGrpcClient GrpcClient => container.GrpcClient;

    public async Task InitializeAsync()
    {
        await TestImages.RequireAsync(TestImages.SentimentServer);
        await container.StartAsync();
    }

    public Task DisposeAsync() => container.DisposeAsync().AsTask();
}

/// <summary>Budgets on a server in a container, over HTTP and gRPC. The start is over, and the model ready, before the first request.</summary>
[Budget("p50 < 250 ms", "p90 < 1 s", "errors < 10 %")]
[Load("20 rps for 4 s", WarmUp = "2 s", MaxDuration = "8 s")]
public sealed class ContainerEndpoint(SentimentContainer server) : IClassFixture<SentimentContainer>
{
    [PerfFact]
    public Task Over_http(PerfRequest request) => server.Client.InferAsync(request, Ask(request));

    [PerfFact]
    public Task Over_grpc(PerfRequest request) => server.GrpcClient.InferAsync(request, Ask(request));

    private static InferRequest Ask(PerfRequest request) => new("sentiment", Tensor.Create("text", [Texts.Next(request)]));
}
