using FluentAssertions;
using PerfAssert.Clients;
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
using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>Started means that the model is ready; an open port, or a server that is up, is not enough.</summary>
public sealed class ReadinessTests : FakeDocker
{
    [Fact]
    public async Task Triton_waits_for_the_server_and_then_for_the_model()
    {
        Server.Answers("GET /v2/health/ready", (503, ""), (200, "")).Answers("GET /v2/models/sentiment/ready", (400, "loading"), (200, ""));

        await using var container = await Start(new TritonBuilder("triton:1").WithModelRepository(Folder.Path).WithModel("sentiment"));

        Asked().Should().Equal(
            "GET /v2/health/ready", "GET /v2/health/ready", "GET /v2/models/sentiment/ready", "GET /v2/health/ready", "GET /v2/models/sentiment/ready");
    }

    [Fact]
    public async Task KServe_waits_for_the_model()
    {
        Server.Answers("GET /v2/health/ready", (200, "")).Answers("GET /v2/models/iris/ready", (503, ""), (200, """{"name":"iris","ready":true}"""));

        await using var container = await Start(new KServeBuilder("kserve/sklearnserver:1").WithModel("iris", Folder.Path));

        Asked().Where(question => question.EndsWith("/iris/ready", StringComparison.Ordinal)).Should().HaveCount(2);
    }

    [Fact]
    public async Task TensorFlow_Serving_waits_until_a_version_is_available()
    {
        const string Loading = """{"model_version_status":[{"version":"1","state":"LOADING","status":{"error_code":"OK"}}]}""";
        Server.Answers("GET /v1/models/half", (404, "{}"), (200, Loading), (200, Loading.Replace("LOADING", "AVAILABLE", StringComparison.Ordinal)));

        await using var container = await Start(new TensorFlowServingBuilder("tensorflow/serving:1").WithModel("half", Folder.Path));

        Asked().Should().HaveCount(3);
    }

    [Fact]
    public async Task TorchServe_waits_until_a_worker_is_ready()
    {
        const string Unloading = """[{"modelName":"resnet","workers":[{"id":"9000","status":"UNLOADING"}]}]""";
        Server.Answers("GET /ping", (500, """{"status":"Unhealthy"}"""), (200, """{"status":"Partial Healthy"}"""), (200, """{"status":"Healthy"}"""))
            .Answers("GET /models/resnet", (200, Unloading), (200, Unloading.Replace("UNLOADING", "READY", StringComparison.Ordinal)));

        await using var container = await Start(new TorchServeBuilder("pytorch/torchserve:1").WithModelStore(Folder.Path).WithModel("resnet"));

        Asked().Should().Equal("GET /ping", "GET /ping", "GET /ping", "GET /models/resnet", "GET /ping", "GET /models/resnet");
    }

    [Fact]
    public async Task Ray_Serve_waits_until_every_application_runs()
    {
        Server.Answers("GET /-/healthz", (503, ""), (200, "success"))
            .Answers(
                "GET /api/serve/applications/",
                (200, """{"applications":{}}"""),
                (200, """{"applications":{"default":{"status":"DEPLOYING"}}}"""),
                (200, """{"applications":{"default":{"status":"RUNNING"}}}"""));

        await using var container = await Start(new RayServeBuilder("rayproject/ray:1").WithApplication(Folder.Path, "sentiment:app"));

        Asked().Count(question => question.Contains("applications", StringComparison.Ordinal)).Should().Be(3);
    }

    [Fact]
    public async Task VLLM_waits_until_it_is_healthy_and_serves_the_model()
    {
        Server.Answers("GET /health", (503, ""), (200, ""))
            .Answers("GET /v1/models", (200, """{"data":[{"id":"another"}]}"""), (200, """{"data":[{"id":"Qwen/Qwen3-0.6B"}]}"""));

        await using var container = await Start(new VllmBuilder("vllm/vllm-openai:1").WithModel("Qwen/Qwen3-0.6B"));

        Asked().Should().Equal("GET /health", "GET /health", "GET /v1/models", "GET /health", "GET /v1/models");
    }

    [Fact]
    public async Task Text_Generation_Inference_waits_until_it_is_healthy()
    {
        Server.Answers("GET /health", (503, ""), (200, "")).Answers("GET /info", (200, """{"model_id":"m"}"""));

        await using var container = await Start(new TgiBuilder("tgi:1").WithModel("m"));

        Asked().Should().Equal("GET /health", "GET /health", "GET /info");
    }

    [Fact]
    public async Task Ollama_pulls_a_model_it_has_not_and_loads_it_for_good()
    {
        Server.Answers("GET /api/version", (200, "{}"))
            .Answers("POST /api/show", (404, """{"error":"model not found"}"""))
            .Answers("POST /api/pull", (200, """{"status":"success"}"""))
            .Answers("POST /api/generate", (200, """{"done":true}"""))
            .Answers("GET /api/ps", (200, """{"models":[{"name":"qwen3:0.6b"}]}"""));

        await using var container = await Start(new OllamaBuilder("ollama/ollama:1").WithModel("qwen3:0.6b"));

        Asked().Should().Equal(
            "GET /api/version",
            """POST /api/show {"model":"qwen3:0.6b"}""",
            """POST /api/pull {"model":"qwen3:0.6b","stream":false}""",
            """POST /api/generate {"model":"qwen3:0.6b","keep_alive":-1,"stream":false}""",
            "GET /api/ps");
    }

    [Fact]
    public async Task Ollama_does_not_pull_a_model_it_has()
    {
        Server.Answers("GET /api/version", (200, "{}"))
            .Answers("POST /api/show", (200, "{}"))
            .Answers("POST /api/generate", (500, "out of memory"), (200, "{}"))
            .Answers("GET /api/ps", (200, """{"models":[]}"""), (200, """{"models":[{"name":"m"}]}"""));

        await using var container = await Start(new OllamaBuilder("ollama/ollama:1").WithModel("m"));

        Asked().Should().NotContain(question => question.Contains("pull", StringComparison.Ordinal));
        Asked().Count(question => question.Contains("generate", StringComparison.Ordinal)).Should().Be(3);
    }

    [Fact]
    public async Task Ollama_loads_a_model_that_only_embeds_by_embedding()
    {
        Server.Answers("GET /api/version", (200, "{}"))
            .Answers("POST /api/show", (200, "{}"))
            .Answers("POST /api/generate", (400, """{"error":"\"all-minilm\" does not support generate"}"""))
            .Answers("POST /api/embed", (500, "out of memory"), (200, """{"model":"all-minilm","embeddings":[]}"""))
            .Answers("GET /api/ps", (200, """{"models":[{"name":"all-minilm"}]}"""));

        await using var container = await Start(new OllamaBuilder("ollama/ollama:1").WithModel("all-minilm").WithReadyTimeout(TimeSpan.FromSeconds(5)));

        Asked().Count(question => question == """POST /api/embed {"model":"all-minilm","keep_alive":-1}""").Should().Be(2);
        Asked()[^1].Should().Be("GET /api/ps");
    }

    [Theory]
    [InlineData(404, "model not found", 500, "pull model manifest: file does not exist")]
    [InlineData(404, "model not found", 500, "pull model manifest: 412: it requires a newer version of Ollama")]
    [InlineData(404, "model not found", 500, "pull model manifest: unauthorized: access denied")]
    [InlineData(404, "model not found", 400, "invalid model name")]
    [InlineData(400, "invalid model name", 200, "")]
    public async Task Ollama_asks_once_for_a_model_that_is_nowhere(int shown, string whyNotShown, int pulled, string whyNotPulled)
    {
        Server.Answers("GET /api/version", (200, "{}"))
            .Answers("POST /api/show", (shown, $$"""{"error":"{{whyNotShown}}"}"""))
            .Answers("POST /api/pull", (pulled, $$"""{"error":"{{whyNotPulled}}"}"""));
        var builder = new OllamaBuilder("ollama/ollama:1").WithModel("qwen3:0.6bb").WithReadyTimeout(TimeSpan.FromSeconds(3));

        var failure = (await FluentActions.Awaiting(() => Start(builder)).Should().ThrowAsync<ModelServerStartException>()).Which;

        failure.Message.Should().StartWith("The Ollama container has no model 'qwen3:0.6bb' and cannot pull it.")
            .And.Contain(shown == 404 ? whyNotPulled : whyNotShown).And.Contain("WithModel");
        Asked().Should().OnlyHaveUniqueItems("nothing is asked again");
        Engine.Running.Should().BeEmpty();
    }

    [Theory]
    [InlineData(500, """{"error":"pull model manifest: Get \"https://registry.ollama.ai/v2/\": i/o timeout"}""")]
    [InlineData(500, """{"error":"pull model manifest: 429: too many requests"}""")]
    [InlineData(429, "slow down")]
    public async Task Ollama_pulls_again_where_the_registry_was_not_reached_or_was_busy(int status, string answer)
    {
        Server.Answers("GET /api/version", (200, "{}"))
            .Answers("POST /api/show", (404, ""))
            .Answers("POST /api/pull", (status, answer), (200, "{}"))
            .Answers("POST /api/generate", (200, "{}"))
            .Answers("GET /api/ps", (200, """{"models":[{"name":"m"}]}"""));

        await using var container = await Start(new OllamaBuilder("ollama/ollama:1").WithModel("m").WithReadyTimeout(TimeSpan.FromSeconds(5)));

        Asked().Count(question => question.Contains("pull", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public async Task Llama_cpp_waits_until_its_model_is_loaded()
    {
        Server.Answers("GET /health", (503, """{"error":{"code":503,"message":"Loading model"}}"""), (200, """{"status":"ok"}"""))
            .Answers("GET /v1/models", (200, """{"data":[{"id":"tiny"}]}"""));

        await using var container = await Start(new LlamaCppBuilder("llama.cpp:server").WithModel(Folder.File("tiny.gguf")));

        container.Model.Should().Be("tiny");
        Asked().Should().Equal("GET /health", "GET /health", "GET /v1/models");
    }

    [Fact]
    public async Task An_HTTP_server_is_ready_when_its_path_answers_with_the_right_body()
    {
        Server.Answers("GET /health", (503, ""), (200, """{"model":"loading"}"""), (200, """{"model":"loaded"}"""));

        await using var container = await Start(new HttpBuilder("fastapi:1").WithReadyPath("/health", body => body.Contains("loaded", StringComparison.Ordinal)));

        Asked().Should().HaveCount(3);
    }

    [Fact]
    public async Task The_cold_start_lasts_until_the_model_is_ready()
    {
        Server.Answers("GET /", (503, ""), (503, ""), (503, ""), (200, ""));

        await using var container = await Start(new HttpBuilder("fastapi:1"));

        // Three waits of a tenth of a second lie between four questions.
        container.ColdStart.Should().BeGreaterThan(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task Waits_of_the_users_own_come_first_and_do_not_replace_the_wait_for_the_model()
    {
        Server.Answers("GET /up", (200, "")).Answers("GET /health", (503, ""), (200, ""));
        var builder = new HttpBuilder("fastapi:1").WithReadyPath("/health").WithWaitStrategy(
            DotNet.Testcontainers.Builders.Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(request => request.ForPath("/up").ForPort(8000)));

        await using var container = await Start(builder);

        Asked().Should().Equal("GET /up", "GET /health", "GET /health");
    }

    [Fact]
    public async Task The_questions_carry_the_headers_of_the_clients_options()
    {
        Server.Answers("GET /health", (200, "")).Answers("GET /v1/models", (200, """{"data":[{"id":"m"}]}"""));
        Server.Guards("GET /v1/models", "Authorization", "Bearer k3y-of-clients");
        var builder = new VllmBuilder("vllm/vllm-openai:1").WithModel("m").WithReadyTimeout(TimeSpan.FromSeconds(5));

        await using var first = await Start(builder.WithClientOptions(new ClientOptions { Authorization = "Bearer k3y-of-clients" }));

        Server.Guards("GET /v1/models", "api-key", "an0ther-key");
        await using var second = await Start(builder.WithClientOptions(new ClientOptions { Headers = new Dictionary<string, string> { ["api-key"] = "an0ther-key" } }));
    }

    [Fact]
    public async Task A_server_that_refuses_the_questions_ends_the_start_at_once()
    {
        Server.Answers("GET /health", (200, "")).Answers("GET /v1/models", (200, "{}"));
        Server.Guards("GET /v1/models", "Authorization", "Bearer right");
        var builder = new VllmBuilder("vllm/vllm-openai:1").WithModel("m").WithReadyTimeout(TimeSpan.FromSeconds(20))
            .WithClientOptions(new ClientOptions { Authorization = "Bearer wr0ng-key" });

        var failure = (await FluentActions.Awaiting(() => Start(builder)).Should().ThrowAsync<ModelServerStartException>()).Which;

        failure.Message.Should().StartWith("The vLLM container refuses to say whether the model is ready.")
            .And.Contain($"asked:    GET http://127.0.0.1:{Server.Port}/v1/models: HTTP 401 not ***").And.Contain("WithClientOptions");
        Server.Requests.Should().HaveCount(2);
        Engine.Running.Should().BeEmpty();
    }

    [Fact]
    public async Task Of_a_secret_in_a_long_answer_not_even_half_is_shown()
    {
        var key = string.Concat(Enumerable.Range(0, 200).Select(i => $"k3y{i}"));
        Server.Answers("GET /health", (200, "")).Answers("GET /v1/models", (200, "{}"));
        Server.Guards("GET /v1/models", "Authorization", "Bearer right");
        var builder = new VllmBuilder("vllm/vllm-openai:1").WithModel("m").WithReadyTimeout(TimeSpan.FromSeconds(20))
            .WithClientOptions(new ClientOptions { Authorization = "Bearer " + key });

        var failure = (await FluentActions.Awaiting(() => Start(builder)).Should().ThrowAsync<ModelServerStartException>()).Which;

        failure.Message.Should().Contain("HTTP 401 not ***").And.NotContain("k3y0");
    }

    [Fact]
    public async Task A_builder_is_not_changed_by_what_is_built_on_it()
    {
        Server.Answers("GET /health", (200, ""));
        var common = new HttpBuilder("fastapi:1").WithReadyPath("/health");
        _ = common.WithReadyPath("/other").WithPort(9);

        await using var container = await Start(common);

        Asked().Should().Equal("GET /health");
        Engine.Created!["ExposedPorts"]!.ToJsonString().Should().Be("""{"8000/tcp":{}}""");
    }

    private List<string> Asked() => [.. Server.Requests];
}
