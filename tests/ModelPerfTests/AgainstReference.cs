using PerfAssert;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Containers;
using PerfAssert.Containers.Triton;
using Xunit;

namespace ModelPerfTests;

/// <summary>
/// The two versions a pull request compares. PERFASSERT_REFERENCE_IMAGE names the image of the main branch; without it the same image stands in,
/// so that there is something to compare.
/// </summary>
public sealed class SentimentVersions() : ServerPair<TritonBuilder, TritonContainer>(Server(), reference: Server()), IAsyncLifetime
{
    // Your own images come from a registry: then all of this is the line above.
    Task IAsyncLifetime.InitializeAsync() => TestImages.RequireAsync(TestImages.SentimentServer);

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private static TritonBuilder Server() => new TritonBuilder(TestImages.SentimentServer).WithModel("sentiment");
}

/// <summary>What a change may cost: rounds of both versions in turns, on one machine, at one time.</summary>
public sealed class AgainstReference(SentimentVersions servers) : IClassFixture<SentimentVersions>
{
    [PerfFact]
    [Load("2 users for 8 s", WarmUp = "1 s")]
    [Budget("p50 < reference + 100 %", "p95 < reference + 200 % or 100 ms", "errors <= reference")]
    public Task Classify(PerfRequest request) =>
        servers[request].Client.InferAsync(request, new InferRequest("sentiment", Tensor.Create("text", [Texts.Next(request)])));
}
