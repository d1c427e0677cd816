using System.Text.Json;
using System.Text.Json.Nodes;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using FluentAssertions;
using PerfAssert.Containers.Http;
using PerfAssert.Containers.KServe;
using PerfAssert.Containers.LlamaCpp;
using PerfAssert.Containers.Ollama;
using PerfAssert.Containers.RayServe;
using PerfAssert.Containers.TensorFlowServing;
using PerfAssert.Containers.Tests.Support;
using PerfAssert.Containers.Tgi;
using PerfAssert.Containers.TorchServe;
using PerfAssert.Containers.Triton;
using PerfAssert.Containers.Vllm;
using Snapshooter;
using Snapshooter.Xunit;
using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>What Docker is asked for: ports, mounts, environment, command, GPUs, shared memory, and the files put into the container.</summary>
public sealed class CreateRequestTests : FakeDocker
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public Task Triton() => Matches(
        Snapshot.FullName(),
        new TritonBuilder("nvcr.io/nvidia/tritonserver:26.07-py3").WithModelRepository(Folder.Path).WithModel("sentiment").WithGpus().WithCommand("--log-verbose=1"));

    [Fact]
    public Task TensorFlowServing() => Matches(Snapshot.FullName(), new TensorFlowServingBuilder("tensorflow/serving:2.19.1").WithModel("half", Folder.Path));

    [Fact]
    public Task TorchServe() => Matches(
        Snapshot.FullName(),
        new TorchServeBuilder("pytorch/torchserve:0.12.0-gpu").WithModelStore(Folder.Path).WithModel("resnet").WithModel("bert").WithGpus("0", "1"));

    [Fact]
    public Task RayServe() => Matches(Snapshot.FullName(), new RayServeBuilder("rayproject/ray:2.56.0").WithApplication(Folder.Path, "sentiment:app"));

    [Fact]
    public Task KServe() => Matches(Snapshot.FullName(), new KServeBuilder("kserve/sklearnserver:v0.16.0").WithPorts(9000, 9001).WithModel("iris", Folder.Path));

    [Fact]
    public Task Vllm() => Matches(
        Snapshot.FullName(),
        new VllmBuilder("vllm/vllm-openai:v0.12.0").WithModelFolder(Folder.Make("qwen")).WithHubCache(Folder.Make("cache")).WithHubToken("hf_secret").WithGpus(2));

    [Fact]
    public Task Vllm_on_a_CPU() => Matches(Snapshot.FullName(), new VllmBuilder("vllm/vllm-openai-cpu:v0.12.0").WithModel("Qwen/Qwen3-0.6B").WithCpu(cacheGibibytes: 3));

    [Fact]
    public Task Tgi() => Matches(
        Snapshot.FullName(),
        new TgiBuilder("ghcr.io/huggingface/text-generation-inference:3.3.5").WithModel("Qwen/Qwen3-0.6B").WithHubCache(Folder.Make("cache")).WithGpus());

    [Fact]
    public Task Ollama() => Matches(
        Snapshot.FullName(),
        new OllamaBuilder("ollama/ollama:0.13.0").WithModel("qwen3:0.6b").WithModels(Folder.Make("ollama")).WithParallelRequests(4));

    [Fact]
    public Task LlamaCpp() => Matches(
        Snapshot.FullName(),
        new LlamaCppBuilder("ghcr.io/ggml-org/llama.cpp:server").WithModel(Folder.File("tiny.gguf")).WithCommand("-np", "4", "-t", "1"));

    [Fact]
    public Task Http() => Matches(
        Snapshot.FullName(),
        new HttpBuilder("registry.example/fastapi@sha256:" + new string('a', 64))
            .WithPort(5000)
            .WithReadyPath("/health")
            .WithMetricsPath("/metrics")
            .WithModel(Folder.Path, "/app/model")
            .WithSharedMemory(512L << 20)
            .WithEnvironment("WORKERS", "2"));

    [Fact]
    public async Task KServe_is_told_its_ports_whichever_is_said_first()
    {
        await StartAny(new KServeBuilder("kserve/sklearnserver:1").WithModel("iris", Folder.Path).WithPorts(9000, 9001));
        await StartAny(new KServeBuilder("kserve/sklearnserver:1").WithPorts(9000, 9001).WithModel("iris", Folder.Path));

        Engine.AllCreated.Select(request => request["Cmd"]!.ToJsonString()).Should().OnlyContain(
            command => command == """["--model_name=iris","--model_dir=/mnt/models","--http_port=9000","--grpc_port=9001"]""");
    }

    [Fact]
    public async Task A_KServe_command_of_the_users_own_is_left_as_it_is()
    {
        await StartAny(new KServeBuilder("kserve/sklearnserver:1").WithModel("iris", Folder.Path)
            .WithCommand(new DotNet.Testcontainers.Configurations.OverwriteEnumerable<string>(["serve"])));

        Engine.Created!["Cmd"]!.ToJsonString().Should().Be("""["serve"]""");
    }

    [Fact]
    public async Task A_port_the_user_binds_is_left_as_it_is()
    {
        await StartAny(new TritonBuilder("triton:1").WithPortBinding(18000, 8000));

        Engine.Created!["HostConfig"]!["PortBindings"]!.ToJsonString().Should().Be(
            """{"8000/tcp":[{"HostIp":"","HostPort":"18000"}],"8001/tcp":[{"HostIp":"","HostPort":""}],"8002/tcp":[{"HostIp":"","HostPort":""}]}""");
    }

    [Fact]
    public async Task A_users_own_shared_memory_and_modifiers_win_over_the_servers()
    {
        await StartAny(new TritonBuilder("triton:1").WithSharedMemory(3L << 30).WithCreateParameterModifier(parameters => parameters.HostConfig!.NanoCPUs = 2_000_000_000));

        var host = Engine.Created!["HostConfig"]!;
        host["ShmSize"]!.GetValue<long>().Should().Be(3L << 30);
        host["NanoCpus"]!.GetValue<long>().Should().Be(2_000_000_000);
    }

    [Fact]
    public async Task The_command_can_be_replaced()
    {
        await StartAny(new TritonBuilder("triton:1").WithCommand(new DotNet.Testcontainers.Configurations.OverwriteEnumerable<string>(["serve", "--port", "8000"])));

        Engine.Created!["Cmd"]!.ToJsonString().Should().Be("""["serve","--port","8000"]""");
    }

    private async Task Matches<TBuilder, TContainer>(SnapshotFullName name, IContainerBuilder<TBuilder, TContainer, IContainerConfiguration> builder)
        where TBuilder : IContainerBuilder<TBuilder, TContainer, IContainerConfiguration>
        where TContainer : ModelServerContainer
    {
        await StartAny(builder);

        var request = Engine.Created!;
        request["Labels"]!.AsObject().Should().ContainKey("org.testcontainers").And.ContainKey("perfassert", "what a killed run leaves is found by it");
        request.Remove("Labels");
        Prune(request);
        Prune(request["HostConfig"]!.AsObject());
        request["files"] = new JsonArray([.. Engine.Files.Select(file => (JsonNode)file)]);
        var text = request.ToJsonString(Indented).Replace(Folder.Path, "FOLDER", StringComparison.Ordinal);
        Snapshot.Match(text, name);
    }

    // What is left unsaid.
    private static void Prune(JsonObject part)
    {
        foreach (var name in part.Where(entry => entry.Value?.ToJsonString() is "\"\"" or "0" or "false" or "[]" or "{}").Select(entry => entry.Key).ToList())
        {
            part.Remove(name);
        }
    }

    // What is asked for is known once the engine refuses to start it.
    private async Task StartAny<TBuilder, TContainer>(IContainerBuilder<TBuilder, TContainer, IContainerConfiguration> builder)
        where TBuilder : IContainerBuilder<TBuilder, TContainer, IContainerConfiguration>
        where TContainer : ModelServerContainer
    {
        Engine.StartError = "not now";
        await FluentActions.Awaiting(() => Start(builder)).Should().ThrowAsync<ModelServerStartException>();
    }
}
