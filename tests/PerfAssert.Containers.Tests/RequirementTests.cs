using FluentAssertions;
using PerfAssert.Containers.Http;
using PerfAssert.Containers.Tests.Support;
using PerfAssert.Containers.Triton;
using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>What the machine does not have skips a test, with a reason that says how to get it, unless the machine must have it.</summary>
[Collection(nameof(RequirementVariable))]
public sealed class RequirementTests(RequirementVariable required) : FakeDocker
{
    private const string SkipToken = "$XunitDynamicSkip$";
    private static readonly Uri Nowhere = new("tcp://127.0.0.1:1");

    [Fact]
    public async Task Without_Docker_the_start_says_what_is_missing_and_how_to_get_it()
    {
        await using var container = new HttpBuilder("fastapi:1").WithDockerEndpoint(Nowhere).Build();

        var missing = await required.Set("", () => Missing(container));

        missing.Requirement.Should().Be("docker");
        missing.Message.Should().StartWith(SkipToken + "Docker is missing: nothing answers at tcp://127.0.0.1:1")
            .And.Contain("Connection refused").And.Contain("DOCKER_HOST");
    }

    [Fact]
    public async Task A_machine_that_must_have_Docker_fails_without_it()
    {
        await using var container = new HttpBuilder("fastapi:1").WithDockerEndpoint(Nowhere).Build();

        var missing = await required.Set("docker, gpu", () => Missing(container));

        missing.Message.Should().StartWith("Docker is missing:").And.EndWith("PERFASSERT_REQUIRE says that this machine has it.");
    }

    [Fact]
    public async Task Without_a_GPU_the_start_says_so()
    {
        Engine.StartError = "could not select device driver \"\" with capabilities: [[gpu]]";

        var missing = await Missing(new TritonBuilder("triton:1").WithGpus().WithDockerEndpoint(Engine.Endpoint).Build());

        missing.Requirement.Should().Be("gpu");
        missing.Message.Should().StartWith(SkipToken + "An NVIDIA GPU for containers is missing")
            .And.Contain("could not select device driver").And.Contain("NVIDIA Container Toolkit");
    }

    [Fact]
    public async Task A_machine_that_must_have_a_GPU_fails_without_it()
    {
        Engine.StartError = "nvidia-container-cli: initialization error: nvml error: driver not loaded";

        var missing = await required.Set("gpu", () => Missing(new TritonBuilder("triton:1").WithGpus().WithDockerEndpoint(Engine.Endpoint).Build()));

        missing.Message.Should().NotContain(SkipToken).And.Contain("driver not loaded").And.Contain("PERFASSERT_REQUIRE");
    }

    [Fact]
    public async Task A_container_that_wants_no_GPU_does_not_miss_one()
    {
        Engine.StartError = "could not select device driver \"\" with capabilities: [[gpu]]";

        await FluentActions.Awaiting(() => Start(new TritonBuilder("triton:1"))).Should().ThrowAsync<ModelServerStartException>();
    }

    [Fact]
    public async Task A_misspelt_requirement_is_no_silent_skip()
    {
        await using var container = new HttpBuilder("fastapi:1").WithDockerEndpoint(Nowhere).Build();

        await required.Set("dokcer", async () =>
            (await FluentActions.Awaiting(() => container.StartAsync()).Should().ThrowAsync<ArgumentException>())
                .WithMessage("PERFASSERT_REQUIRE=dokcer: 'dokcer' is not known. It is a list of docker and gpu*"));
    }

    [Fact]
    public void Building_a_container_does_not_ask_Docker() =>
        new HttpBuilder("fastapi:1").WithDockerEndpoint(Nowhere).Build().Should().NotBeNull();

    [Fact]
    public async Task An_engine_that_answers_is_not_missed()
    {
        Server.Answers("GET /", (200, ""));

        await using var container = await Start(new HttpBuilder("fastapi:1"));

        container.BaseAddress.Port.Should().Be(Server.Port);
    }

    private static async Task<RequirementMissingException> Missing(ModelServerContainer container) =>
        (await FluentActions.Awaiting(() => container.StartAsync()).Should().ThrowAsync<RequirementMissingException>()).Which;
}
