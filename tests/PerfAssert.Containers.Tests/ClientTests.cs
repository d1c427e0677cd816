using FluentAssertions;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Containers.Http;
using PerfAssert.Containers.KServe;
using PerfAssert.Containers.LlamaCpp;
using PerfAssert.Containers.Ollama;
using PerfAssert.Containers.Tests.Support;
using PerfAssert.Containers.Triton;
using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>A started container hands out addresses and the client of its protocol.</summary>
public sealed class ClientTests : FakeDocker
{
    [Fact]
    public async Task The_client_reaches_the_server()
    {
        Server.Answers("GET /", (200, "")).Answers("POST /predict", (200, """{"label":"good"}"""));
        await using var container = await Start(new HttpBuilder("fastapi:1"));

        var answer = await container.Client.PostAsync(null, "predict", new { text = "a fine film" });

        answer.ToJson().GetProperty("label").GetString().Should().Be("good");
        Server.Requests.Should().Contain("""POST /predict {"text":"a fine film"}""");
    }

    [Fact]
    public async Task Triton_speaks_the_Open_Inference_Protocol()
    {
        Server.Answers("GET /v2/health/ready", (200, ""))
            .Answers("POST /v2/models/m/infer", (200, """{"model_name":"m","outputs":[{"name":"y","shape":[1],"datatype":"INT32","data":[3]}]}"""));
        await using var container = await Start(new TritonBuilder("triton:1"));

        var result = await container.Client.InferAsync(null, new InferRequest("m", Tensor.Create("x", [1, 2], 2)));

        result["y"].Values<int>()[0].Should().Be(3);
        container.GrpcClient.Should().BeSameAs(container.GrpcClient);
        container.MetricsUri.Should().Be(new Uri($"http://127.0.0.1:{Server.Port}/metrics"));
    }

    [Fact]
    public async Task All_requests_share_one_client()
    {
        Server.Answers("GET /", (200, ""));
        await using var container = await Start(new HttpBuilder("fastapi:1"));

        var clients = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => container.Client)));

        clients.Distinct().Should().ContainSingle();
        using var own = container.CreateClient(new ClientOptions { ReuseConnections = false });
        own.Should().NotBeSameAs(container.Client);
    }

    [Fact]
    public async Task A_runtime_without_gRPC_says_so()
    {
        Server.Answers("GET /v2/health/ready", (200, "")).Answers("GET /v2/models/m/ready", (200, ""));
        await using var container = await Start(new KServeBuilder("mlserver:1").WithPorts(http: 9000, grpc: null).WithModel("m"));

        container.GrpcAddress.Should().BeNull();
        FluentActions.Invoking(() => container.GrpcClient).Should().Throw<InvalidOperationException>().WithMessage("*no gRPC port*");
    }

    [Fact]
    public async Task Ollama_has_no_metrics_page()
    {
        Server.Answers("GET /api/version", (200, "{}")).Answers("POST /api/show", (200, "{}")).Answers("POST /api/generate", (200, "{}"))
            .Answers("GET /api/ps", (200, """{"models":[{}]}"""));

        await using var container = await Start(new OllamaBuilder("ollama/ollama:1").WithModel("m"));

        container.MetricsUri.Should().BeNull();
    }

    [Fact]
    public async Task A_container_started_again_has_another_client()
    {
        Server.Answers("GET /health", (200, "")).Answers("GET /v1/models", (200, """{"data":[{"id":"tiny"}]}"""));
        await using var container = await Start(new LlamaCppBuilder("llama.cpp:server").WithModel(Folder.File("tiny.gguf")));
        var before = container.Client;

        await container.StopAsync();
        await container.StartAsync();

        container.Client.Should().NotBeSameAs(before);
    }
}
