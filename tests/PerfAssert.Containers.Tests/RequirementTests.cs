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

    [Theory]
    [InlineData("could not select device driver \"\" with capabilities: [[gpu]]")]
    [InlineData("failed to discover GPU vendor from CDI: no known GPU vendor found")]
    [InlineData("nvidia-container-cli: initialization error: nvml error: driver not loaded: unknown")]
    [InlineData("nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown")]
    [InlineData("nvidia-container-cli: initialization error: WSL environment detected but no adapters were found: unknown")]
    [InlineData("CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=all")]
    public async Task A_GPU_is_missing_where_there_is_none(string refusal)
    {
        Engine.StartError = refusal;

        var missing = await Missing(new TritonBuilder("triton:1").WithGpus().WithDockerEndpoint(Engine.Endpoint).Build());

        missing.Requirement.Should().Be("gpu");
    }

    [Theory]
    [InlineData("nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.8, please update your driver to a newer version, or use an earlier cuda container: unknown")]
    [InlineData("nvidia-container-cli: device error: 7: unknown device: unknown")]
    [InlineData("nvidia-container-cli: initialization error: nvml error: driver/library version mismatch: unknown")]
    [InlineData("CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=7")]
    public async Task A_GPU_that_is_there_and_cannot_be_given_is_a_failed_start_and_no_skip(string refusal)
    {
        Engine.StartError = refusal;

        (await FluentActions.Awaiting(() => Start(new TritonBuilder("triton:1").WithGpus())).Should().ThrowAsync<ModelServerStartException>())
            .Which.Message.Should().Contain(refusal[..30]);
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
