using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using FluentAssertions;
using PerfAssert.Clients;
using PerfAssert.Containers.Http;
using PerfAssert.Containers.LlamaCpp;
using PerfAssert.Containers.Tests.Support;
using PerfAssert.Containers.Triton;
using PerfAssert.Containers.Vllm;
using Snapshooter.Xunit;
using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>A start that fails says what a person needs to mend it, and no secret.</summary>
public sealed class StartFailureTests : FakeDocker
{
    [Fact]
    public async Task A_container_that_exits()
    {
        Engine.ExitCode = 1;
        Engine.Log.AddRange([(1, "loading sentiment"), (2, "error: no version folder in /models/sentiment"), (1, "exiting")]);

        var failure = await Fails(new TritonBuilder("nvcr.io/nvidia/tritonserver:26.07-py3").WithModelRepository(Folder.Path));

        failure.ExitCode.Should().Be(1);
        Snapshot.Match(WithoutPort(failure));
    }

    [Fact]
    public async Task A_container_that_is_killed_for_its_memory()
    {
        (Engine.ExitCode, Engine.OutOfMemory) = (137, true);

        var failure = await Fails(new LlamaCppBuilder("llama.cpp:server").WithModel(Folder.File("big.gguf")));

        failure.Message.Should().Contain("code 137, killed because it was out of memory").And.Contain("log:      empty");
    }

    [Fact]
    public async Task A_container_that_is_never_ready()
    {
        Server.Answers("GET /health", (503, "{\"error\":\n\"Loading model\"}"));
        Engine.Log.AddRange(Enumerable.Range(1, 30).Select(line => ((byte)1, $"line {line}")));

        var failure = await Fails(
            new HttpBuilder("fastapi:1").WithReadyPath("/health").WithReadyTimeout(TimeSpan.FromSeconds(3)).WithCommand("uvicorn", "--app-dir", "my app"));

        failure.ExitCode.Should().BeNull();
        Snapshot.Match(WithoutPort(failure));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_with_what_it_was_asked()
    {
        Server.Hangs("GET /health");

        var failure = await Fails(new HttpBuilder("fastapi:1").WithReadyPath("/health").WithReadyTimeout(TimeSpan.FromSeconds(3)));

        failure.Message.Should().Contain($"asked:    GET http://127.0.0.1:{Server.Port}/health: no answer yet");
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled()
    {
        Engine.PullError = "manifest for triton:0 not found";

        var failure = await Fails(new TritonBuilder("triton:0"));

        failure.Message.Should().StartWith("The Triton container could not be created.")
            .And.Contain("image:    triton:0").And.Contain("manifest for triton:0 not found");
    }

    [Fact]
    public async Task A_container_the_engine_refuses_to_start()
    {
        Engine.StartError = "driver failed programming external connectivity: port is already allocated";

        var failure = await Fails(new TritonBuilder("triton:1"));

        failure.Message.Should().StartWith("The Triton container could not be started.").And.Contain("port is already allocated");
        failure.InnerException.Should().NotBeNull();
    }

    [Fact]
    public async Task Secrets_are_shown_nowhere()
    {
        Engine.ExitCode = 1;
        Engine.Log.AddRange([(2, "401 for token s3cr3t-of-the-hub"), (1, "--api-key=k3y-by-equals and k3y-by-space"), (1, "hf_abcdefghijklmnop from a file")]);

        var failure = await Fails(
            new VllmBuilder("vllm/vllm-openai:1").WithModel("m").WithHubToken("s3cr3t-of-the-hub").WithCommand("--api-key=k3y-by-equals", "--api-key", "k3y-by-space"));

        failure.ToString().Should().NotContainAny("s3cr3t-of-the-hub", "k3y-by-equals", "k3y-by-space", "hf_abcdefghijklmnop");
        failure.Message.Should().Contain("401 for token ***").And.Contain("--api-key=*** --api-key ***");
    }

    [Theory]
    [InlineData("vllm serve m --api-key s3cret", "vllm serve m --api-key ***")]
    [InlineData("vllm serve m --api-key=s3cret --port 8000", "vllm serve m --api-key=*** --port 8000")]
    [InlineData("vllm serve m --api-key 's3cret' && true", "vllm serve m --api-key '***' && true")]
    [InlineData("vllm serve m --api-key k3y-one \\\n s3cret\necho done", "vllm serve m --api-key *** \\\n ***\necho done")]
    [InlineData("vllm serve m --api-key s3cret 2>err.log", "vllm serve m --api-key *** 2>err.log")]
    [InlineData("HF_TOKEN=s3cret; vllm serve m", "HF_TOKEN=***; vllm serve m")]
    [InlineData("export HF_TOKEN=\"s3cret\"\nvllm serve m", "export HF_TOKEN=\"***\"")]
    [InlineData("--api-key=s3cret", "--api-key=***")]
    public async Task Secrets_of_a_shells_command_are_shown_nowhere(string script, string shown)
    {
        Engine.ExitCode = 1;
        Engine.Log.Add((2, "401 for s3cret"));

        var failure = await Fails(new HttpBuilder("fastapi:1").WithCommand("bash", "-c", script));

        failure.ToString().Should().NotContain("s3cret");
        failure.Message.Should().Contain(shown).And.Contain("401 for ***");
    }

    [Theory]
    [InlineData("--api-key s3cret-one s3cret-two --port 18001", "--api-key *** *** --port 18001")]
    [InlineData("--redis-pass=s3cret", "--redis-pass=***")]
    [InlineData("--pass s3cret", "--pass ***")]
    [InlineData("--license-key s3cret", "--license-key ***")]
    [InlineData("--licenseKey s3cret", "--licenseKey ***")]
    [InlineData("--key2 s3cret", "--key2 ***")]
    [InlineData("--passphrase s3cret", "--passphrase ***")]
    [InlineData("--db-pwd s3cret", "--db-pwd ***")]
    [InlineData("--pwd=s3cret", "--pwd=***")]
    [InlineData("--redis-url=redis://:s3cret@host/0", "--redis-url=redis://***@host/0")]
    [InlineData("--queue amqp://user:s3cret@host", "--queue amqp://***@host")]
    public async Task Secrets_of_a_command_are_shown_nowhere_whoever_splits_it(string command, string shown)
    {
        Engine.ExitCode = 1;

        foreach (var arguments in new[] { command.Split(' '), ["sh", "-c", $"serve {command} > out.log && true"] })
        {
            var failure = await Fails(new HttpBuilder("fastapi:1").WithCommand(arguments));

            failure.Message.Should().Contain(shown).And.NotContain("s3cret");
        }
    }

    [Theory]
    [InlineData("--options {\"model\":\"m\",\"hub_token\": \"s3cret\",\"n\":2}", "\"hub_token\": \"***\",\"n\":2}")]
    [InlineData("--options {\"key\":\"s3cret\"}", "{\"key\":\"***\"}")]
    [InlineData("--header|Authorization: Bearer s3cret", "Authorization: ***")]
    [InlineData("--header=X-Api-Key:s3cret", "--header=X-Api-Key:***")]
    [InlineData("sh|-c|curl -H 'Authorization: Bearer s3cret' http://hub", "curl -H 'Authorization: ***' http://hub")]
    public async Task Secrets_in_JSON_and_in_headers_of_a_command_are_shown_nowhere(string command, string shown)
    {
        Engine.ExitCode = 1;
        Engine.Log.Add((2, "401 for s3cret"));

        var failure = await Fails(new HttpBuilder("fastapi:1").WithCommand(command.Split('|')));

        failure.ToString().Should().NotContain("s3cret");
        failure.Message.Should().Contain(shown).And.Contain("401 for ***");
    }

    [Theory]
    [InlineData("auth-service:8080")]
    [InlineData("--image=auth-proxy:8080")]
    [InlineData("sh|-c|X=auth:foo && serve --port 8080")]
    [InlineData("{\"auth\":\"none\"}")]
    [InlineData("secrets:/run/secrets")]
    [InlineData("{\"max_tokens\":\"8080\"}")]
    public async Task A_port_a_folder_and_a_number_of_tokens_are_no_secret(string argument)
    {
        Engine.ExitCode = 1;
        Engine.Log.Add((2, "8080 in /run/secrets"));

        (await Fails(new HttpBuilder("fastapi:1").WithCommand(argument.Split('|')))).Message.Should().Contain("8080 in /run/secrets").And.NotContain("***");
    }

    [Theory]
    [InlineData("REDIS_PASS")]
    [InlineData("PGPASS")]
    [InlineData("LICENSE_KEY")]
    [InlineData("LICENSEKEY_2")]
    [InlineData("KEY")]
    [InlineData("PGPASSPHRASE")]
    [InlineData("SSH_PASSCODE")]
    [InlineData("MYSQL_PWD")]
    [InlineData("DBPWD")]
    public async Task Secrets_of_the_environment_are_shown_nowhere(string name)
    {
        Engine.ExitCode = 1;
        Engine.Log.Add((2, "401 for s3cret"));

        var failure = await Fails(new HttpBuilder("fastapi:1").WithEnvironment(name, "s3cret"));

        failure.Message.Should().Contain("401 for ***");
    }

    [Fact]
    public async Task The_user_of_an_address_is_shown_nowhere()
    {
        Engine.ExitCode = 1;
        Engine.Log.AddRange([(2, "no answer of https://me:p@ss@hub.example/models"), (2, "refused: s3cret")]);

        var failure = await Fails(new HttpBuilder("fastapi:1").WithEnvironment("QUEUE", "amqp://guest:s3cret@queue.example"));

        failure.ToString().Should().Contain("no answer of https://***@hub.example/models").And.Contain("refused: ***");
    }

    [Fact]
    public async Task What_is_no_secret_stays_readable()
    {
        Engine.ExitCode = 1;
        Engine.Log.Add((2, "2048 tokens of 8192 at port 18001: false"));

        var failure = await Fails(new HttpBuilder("fastapi:1")
            .WithEnvironment("TOKENIZERS_PARALLELISM", "false")
            .WithEnvironment("USE_AUTH", "false")
            .WithEnvironment("MODEL_AUTHOR", "port")
            .WithEnvironment("API_KEY", "1")
            .WithCommand("--max-total-tokens", "2048", "--max-num-batched-tokens=8192", "--disable-token-auth", "--port", "18001"));

        failure.Message.Should().Contain("2048 tokens of 8192 at port 18001: false").And.NotContain("***");
    }

    [Theory]
    [InlineData("--keep-alive")]
    [InlineData("--max-tokens")]
    [InlineData("--tokenizer")]
    [InlineData("--keys-per-page")]
    [InlineData("--key-frames")]
    [InlineData("--monkey")]
    [InlineData("--public-key")]
    [InlineData("--sort-key")]
    [InlineData("--ssl-keyfile")]
    [InlineData("--bypass")]
    [InlineData("--compass")]
    [InlineData("--passes")]
    [InlineData("--pass-through")]
    [InlineData("PWD", false)]
    [InlineData("OLDPWD", false)]
    [InlineData("MONKEY", false)]
    public async Task A_name_that_only_looks_like_that_of_a_secret_masks_nothing(string name, bool option = true)
    {
        Engine.ExitCode = 1;
        Engine.Log.Add((2, "at 2048"));

        await Readable(option ? new HttpBuilder("fastapi:1").WithCommand(name, "2048") : new HttpBuilder("fastapi:1").WithEnvironment(name, "2048"));
        await Readable(new HttpBuilder("fastapi:1").WithCommand($"{name}=2048"));
        await Readable(new HttpBuilder("fastapi:1").WithCommand("sh", "-c", $"serve {name}{(option ? " " : "=")}2048"));

        async Task Readable(HttpBuilder builder) => (await Fails(builder)).Message.Should().Contain("at 2048").And.NotContain("***");
    }

    [Fact]
    public async Task Secrets_of_the_clients_options_are_shown_nowhere()
    {
        Engine.ExitCode = 1;
        Engine.Log.AddRange([(2, "got k3y-of-clients"), (2, "got an0ther-key")]);
        var options = new ClientOptions { Authorization = "Bearer k3y-of-clients", Headers = new Dictionary<string, string> { ["X-Some"] = "an0ther-key" } };

        var failure = await Fails(new HttpBuilder("fastapi:1").WithClientOptions(options));

        failure.ToString().Should().NotContainAny("k3y-of-clients", "an0ther-key");
    }

    [Fact]
    public async Task A_server_that_was_not_ready_in_time_is_stopped_once_its_log_is_read()
    {
        Server.Answers("GET /", (503, ""));

        await Fails(new HttpBuilder("fastapi:1").WithReadyTimeout(TimeSpan.FromSeconds(1)));

        Engine.Running.Should().BeEmpty();
        Engine.Requests.FindIndex(request => request.EndsWith("/logs", StringComparison.Ordinal))
            .Should().BeInRange(0, Engine.Requests.FindIndex(request => request.EndsWith("/stop", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_whose_image_cannot_be_read_is_stopped_too()
    {
        Server.Answers("GET /", (200, ""));
        Engine.DigestError = "no space left on device";

        var failure = await Fails(new HttpBuilder("fastapi:1"));

        failure.Message.Should().Contain("no space left on device");
        Engine.Running.Should().BeEmpty();
    }

    [Fact]
    public async Task A_start_that_is_cancelled_is_no_failure()
    {
        Server.Answers("GET /", (503, ""));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await using var container = new HttpBuilder("fastapi:1").WithDockerEndpoint(Engine.Endpoint).Build();

        await FluentActions.Awaiting(() => container.StartAsync(stop.Token)).Should().ThrowAsync<OperationCanceledException>();

        Engine.Running.Should().BeEmpty("it is stopped");
    }

    private string WithoutPort(ModelServerStartException failure) => failure.Message.Replace($":{Server.Port}/", ":PORT/", StringComparison.Ordinal);

    private async Task<ModelServerStartException> Fails<TBuilder, TContainer>(IContainerBuilder<TBuilder, TContainer, IContainerConfiguration> builder)
        where TBuilder : IContainerBuilder<TBuilder, TContainer, IContainerConfiguration>
        where TContainer : ModelServerContainer =>
        (await FluentActions.Awaiting(() => Start(builder)).Should().ThrowAsync<ModelServerStartException>()).Which;
}
