using FluentAssertions;
using PerfAssert.Containers.Http;
using PerfAssert.Containers.KServe;
using PerfAssert.Containers.LlamaCpp;
using PerfAssert.Containers.Ollama;
using PerfAssert.Containers.RayServe;
using PerfAssert.Containers.TensorFlowServing;
using PerfAssert.Containers.TorchServe;
using PerfAssert.Containers.Triton;
using PerfAssert.Containers.Vllm;
using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>Mistakes are told before Docker is asked, with what to do.</summary>
public sealed class BuilderTests
{
    public static TheoryData<string, Func<object>> MissingPaths => new()
    {
        { "WithModelRepository", () => new TritonBuilder("i:1").WithModelRepository("no/such") },
        { "WithModel", () => new TensorFlowServingBuilder("i:1").WithModel("m", "no/such") },
        { "WithModelStore", () => new TorchServeBuilder("i:1").WithModelStore("no/such") },
        { "WithApplication", () => new RayServeBuilder("i:1").WithApplication("no/such", "m:app") },
        { "WithModel", () => new KServeBuilder("i:1").WithModel("m", "no/such") },
        { "WithModelFolder", () => new VllmBuilder("i:1").WithModelFolder("no/such") },
        { "WithModel", () => new LlamaCppBuilder("i:1").WithModel("no/such") },
        { "WithModel", () => new HttpBuilder("i:1").WithModel("no/such", "/m") },
    };

    public static TheoryData<Func<object>, string> Incomplete => new()
    {
        { () => new TensorFlowServingBuilder("i:1").Build(), "WithModel(name, path)" },
        { () => new TorchServeBuilder("i:1").Build(), "WithModelStore(path)" },
        { () => new RayServeBuilder("i:1").Build(), "WithApplication(path" },
        { () => new KServeBuilder("i:1").Build(), "WithModel(name)" },
        { () => new VllmBuilder("i:1").Build(), "WithModelFolder(path)" },
        { () => new OllamaBuilder("i:1").Build(), "WithModel(name)" },
        { () => new LlamaCppBuilder("i:1").Build(), "WithModel(path)" },
    };

    public static TheoryData<Action> OutOfRange => new()
    {
        () => new TritonBuilder("i:1").WithReadyTimeout(TimeSpan.Zero),
        () => new TritonBuilder("i:1").WithSharedMemory(0),
        () => new TritonBuilder("i:1").WithGpus(0),
        () => new TritonBuilder("i:1").WithGpus([]),
        () => new OllamaBuilder("i:1").WithParallelRequests(0),
        () => new VllmBuilder("i:1").WithCpu(0),
        () => new RayServeBuilder("i:1").WithApplication(".", "app; rm -rf /"),
        () => new RayServeBuilder("i:1").WithApplication(".", "app"),
    };

    [Theory]
    [MemberData(nameof(MissingPaths), DisableDiscoveryEnumeration = true)]
    public void A_path_that_is_not_there_is_named_in_full(string method, Func<object> build) =>
        build.Should().Throw<ArgumentException>().WithMessage(
            $"{method}: there is no file or folder '{Path.GetFullPath("no/such")}'. 'no/such' was looked for in the current folder*");

    [Theory]
    [MemberData(nameof(Incomplete), DisableDiscoveryEnumeration = true)]
    public void A_server_without_a_model_is_not_built(Func<object> build, string remedy) =>
        build.Should().Throw<ArgumentException>().WithMessage($"*{remedy}*");

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_its_range_is_refused(Action call) => call.Should().Throw<ArgumentException>();

    [Fact]
    public async Task An_address_before_the_start_says_what_to_do()
    {
        await using var container = new TritonBuilder("i:1").Build();

        FluentActions.Invoking(() => container.Client).Should().Throw<InvalidOperationException>()
            .WithMessage("The Triton container was not started: await StartAsync() first, in the InitializeAsync of a fixture.");
    }
}
