using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DotNet.Testcontainers.Configurations;
using FluentAssertions;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Containers.Http;
using PerfAssert.Containers.KServe;
using PerfAssert.Containers.LlamaCpp;
using PerfAssert.Containers.Starting;
using PerfAssert.Containers.Tests.Support;
using PerfAssert.Containers.Triton;
using TinyGguf;
using Xunit;

namespace PerfAssert.Containers.Tests.Real;

/// <summary>Real servers on a real engine: started, ready, asked, read, and failing.</summary>
[Trait("Category", "Docker")]
public sealed partial class RealServerTests : IDisposable
{
    private const string Llama = "perfassert/llama-server:test";
    private const string FastApi = "perfassert/fastapi-sentiment:test";
    private const string Sentiment = "perfassert/sentiment-server:test";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [ImageFact(Llama)]
    public async Task Llama_cpp_generates_tokens()
    {
        var model = Path.Combine(folder.Path, "tiny.gguf");
        TinyModel.Write(model);
        await using var container = new LlamaCppBuilder(Llama).WithModel(model).WithCommand("-c", "1024", "-np", "1", "-t", "1").Build();

        await container.StartAsync();
        var answer = await container.Client.ChatAsync(null, new ChatRequest("the people made a long time") { OutputTokens = 16 });

        answer.OutputTokens.Should().Be(16);
        container.Model.Should().Be("tiny");
        await Measures(container, "llamacpp:tokens_predicted_total 16");
    }

    [ImageFact(Llama)]
    public async Task A_run_counts_what_llama_cpp_itself_counts()
    {
        // One user: with several, requests share batches, and the server counts their time once but tells it to each.
        const int Requests = 40, Tokens = 24;
        var model = Path.Combine(folder.Path, "tiny.gguf");
        TinyModel.Write(model);
        await using var container = new LlamaCppBuilder(Llama).WithModel(model).WithCommand("-c", "1024", "-np", "1", "-t", "1").Build();
        await container.StartAsync();
        using var client = container.CreateClient(new ClientOptions { ReuseConnections = false });

        var run = await PerfTest.Run(
            request => client.ChatAsync(request, new ChatRequest($"the people made a long time {request.Index}") { OutputTokens = Tokens, ExtraJson = """{ "cache_prompt": false }""" }),
            $"{Requests} requests by 1 users",
            ["p50 < 60 s", "server_prompt.mean < 60 s", "server_decode.mean < 60 s", "errors <= 0 %"],
            new PerfTestOptions { WarmUp = "0 s" });

        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(run.RunFile!));
        var round = file.RootElement.GetProperty("rounds")[0];
        var page = await PageOf(container);
        round.GetProperty("succeeded").GetInt64().Should().Be(Requests);
        round.GetProperty("outputTokens").GetDouble().Should().Be(Requests * Tokens).And.Be(Counter(page, "llamacpp:tokens_predicted_total"));
        round.GetProperty("inputTokens").GetDouble().Should().BeApproximately(Counter(page, "llamacpp:prompt_tokens_total"), 0.5);
        Seconds("server_prompt").Should().BeApproximately(Counter(page, "llamacpp:prompt_seconds_total"), 0.05 * Counter(page, "llamacpp:prompt_seconds_total"));
        Seconds("server_decode").Should().BeApproximately(
            Counter(page, "llamacpp:tokens_predicted_seconds_total"), 0.05 * Counter(page, "llamacpp:tokens_predicted_seconds_total"));

        double Seconds(string series) => Requests / 1e3 * round.GetProperty("series").GetProperty(series).GetProperty("meanMs").GetDouble();
    }

    [ImageFact(FastApi)]
    public async Task FastAPI_predicts()
    {
        await using var container = new HttpBuilder(FastApi).WithReadyPath("/health", body => body.Contains("ok", StringComparison.Ordinal)).WithMetricsPath("/metrics").Build();

        await container.StartAsync();
        var answer = await container.Client.PostAsync(null, "predict", new { text = "What a wonderful day." });

        answer.ToJson().GetProperty("label").GetString().Should().Be("positive");
        await Measures(container, """http_requests_total{handler="/predict",method="POST",status="2xx"} 1.0""", """http_requests_total{handler="/predict",status="2xx",method="POST"} 1.0""");
    }

    [ImageFact(Sentiment)]
    public async Task A_KServe_runtime_infers_over_HTTP_and_gRPC()
    {
        await using var container = new KServeBuilder(Sentiment).WithModel("sentiment", folder.Path).Build();

        await container.StartAsync();

        await Infers(container);
        await Measures(container, "");
    }

    [ImageFact(Sentiment)]
    public async Task Triton_infers_over_HTTP_and_gRPC()
    {
        await using var container = new TritonBuilder(Sentiment).WithModelRepository(folder.Path).WithModel("sentiment").Build();

        await container.StartAsync();

        await Infers(container);
        container.MetricsUri!.Port.Should().NotBe(container.BaseAddress.Port);
        await Measures(container, "nv_inference_request_success");
    }

    [ImageFact(Sentiment)]
    public async Task Model_shared_memory_and_label_are_those_of_the_container()
    {
        folder.File("model.onnx");
        await using var container = new TritonBuilder(Sentiment).WithModelRepository(folder.Path).WithModel("sentiment").WithSharedMemory(256L << 20).Build();

        await container.StartAsync();

        (await container.ExecAsync(["ls", "/models"])).Stdout.Trim().Should().Be("model.onnx");
        (await container.ExecAsync(["touch", "/models/x"])).Stderr.Should().Contain("Read-only file system");
        (await container.ExecAsync(["df", "-k", "--output=size", "/dev/shm"])).Stdout.Split('\n')[1].Trim().Should().Be($"{256 << 10}");
        using var engine = Engine.Connect(TestcontainersSettings.OS.DockerEndpointAuthConfig);
        (await engine.Containers.InspectContainerAsync(container.Id)).Config!.Labels["perfassert"].Should().Be("Triton");
    }

    [ImageFact(Sentiment)]
    public async Task An_image_is_named_by_its_digest_as_well()
    {
        using var engine = Engine.Connect(TestcontainersSettings.OS.DockerEndpointAuthConfig);
        var digest = (await engine.Images.InspectImageAsync(Sentiment)).ID;
        await using var container = new TritonBuilder(digest).WithModel("sentiment").Build();

        await container.StartAsync();

        await Infers(container);
    }

    [ImageFact(Sentiment)]
    public async Task A_server_that_is_up_and_whose_model_is_not_ready_fails_within_its_time()
    {
        await using var container = new TritonBuilder(Sentiment)
            .WithModel("sentiment")
            .WithEnvironment("SENTIMENT_SERVER_ARGS", "--ready-after 3600s")
            .WithReadyTimeout(TimeSpan.FromSeconds(10))
            .Build();

        var failure = await Fails(container);

        failure.Message.Should().StartWith("The Triton container was not ready within 10 s (WithReadyTimeout).")
            .And.MatchRegex("asked:    GET http://[\\d.]+:\\d+/v2/health/ready: HTTP 503")
            .And.Contain("Now listening on: http://0.0.0.0:8000", "the log's last lines are shown");
        failure.ExitCode.Should().BeNull();
        using var engine = Engine.Connect(TestcontainersSettings.OS.DockerEndpointAuthConfig);
        (await engine.Containers.InspectContainerAsync(container.Id)).State!.Running.Should().BeFalse("it is stopped");
    }

    [ImageFact(Llama)]
    public async Task A_server_that_exits_is_shown_with_its_log()
    {
        await using var container = new LlamaCppBuilder(Llama).WithModel(folder.File("empty.gguf")).WithEnvironment("HF_TOKEN", "empty.gguf").Build();

        var failure = await Fails(container);

        failure.ExitCode.Should().NotBeNull().And.NotBe(0);
        failure.Message.Should().StartWith("The llama.cpp container exited before the model was ready.")
            .And.Contain($"image:    {Llama}").And.Contain("command:  --host 0.0.0.0").And.Contain("failed to load model")
            .And.NotContain("empty.gguf", "it is the value of a token");
    }

    [ImageFact(Sentiment)]
    public async Task A_GPU_that_is_not_there_is_a_missing_requirement()
    {
        if (Path.Exists("/dev/nvidiactl") || Path.Exists("/dev/dxg"))
        {
            return; // There is one.
        }

        await using var container = new TritonBuilder(Sentiment).WithModel("sentiment").WithGpus().Build();

        var missing = (await FluentActions.Awaiting(() => container.StartAsync()).Should().ThrowAsync<RequirementMissingException>()).Which;

        missing.Requirement.Should().Be("gpu");
    }

    private static async Task<ModelServerStartException> Fails(ModelServerContainer container) =>
        (await FluentActions.Awaiting(() => container.StartAsync()).Should().ThrowAsync<ModelServerStartException>()).Which;

    private static async Task Infers(OpenInferenceContainer container)
    {
        var request = new InferRequest("sentiment", Tensor.Create("text", ["What a wonderful day."], 1));

        var overHttp = await container.Client.InferAsync(null, request);
        var overGrpc = await container.GrpcClient.InferAsync(null, request);

        overHttp["label"].Texts().Should().Equal("positive");
        overGrpc["score"].Values<float>()[0].Should().BeApproximately(overHttp["score"].Values<float>()[0], 1e-5f);
        container.ColdStart.Should().BePositive();
    }

    private static async Task<string> PageOf(ModelServerContainer container)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(container.MetricsUri);
    }

    private static double Counter(string page, string name) => double.Parse(
        page.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    private static async Task Measures(ModelServerContainer container, params string[] either)
    {
        var page = await PageOf(container);

        TypeLine().IsMatch(page).Should().BeTrue("this is Prometheus' format:\n" + page);
        either.Should().Contain(line => page.Contains(line, StringComparison.Ordinal), "the page is\n" + page);
        container.ColdStart.Should().BePositive();
    }

    [GeneratedRegex(@"^# TYPE \S+ \w+$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
