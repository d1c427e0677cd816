using Docker.DotNet;
using FluentAssertions;
using PerfAssert.Containers.Http;
using PerfAssert.Containers.Tests.Support;
using PerfAssert.Containers.Triton;
using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>Two versions of a server: where the reference comes from, and what is asked of Docker when.</summary>
[Collection(nameof(RequirementVariable))]
public sealed class ServerPairTests : FakeDocker
{
    private const string Candidate = "registry.example/sentiment:pr-7";
    private const string Main = "registry.example/sentiment:main";

    [Fact]
    public async Task The_variable_names_the_image_of_a_reference_that_is_otherwise_the_candidate()
    {
        await using var pair = Pair(Main, new TritonBuilder(Candidate).WithModelRepository(Folder.Path).WithModel("m").WithEnvironment("A", "b").WithDockerEndpoint(Engine.Endpoint));
        Server.Answers("GET /v2/health/ready", (200, "")).Answers("GET /v2/models/m/ready", (200, ""));

        await Both(pair);

        pair.NoReference.Should().BeNull();
        var (candidate, reference) = (Engine.AllCreated[0], Engine.AllCreated[1]);
        (candidate["Image"]!.GetValue<string>(), reference["Image"]!.GetValue<string>()).Should().Be((Candidate, Main));
        foreach (var request in Engine.AllCreated)
        {
            request.Remove("Image");
        }

        reference.ToJsonString().Should().Be(candidate.ToJsonString());
    }

    [Fact]
    public async Task A_second_builder_is_the_reference()
    {
        await using var pair = Pair(null, Http(Candidate).WithCommand("--new"), Http(Main).WithCommand("--old"));

        await Both(pair);

        Engine.AllCreated.Select(request => request["Image"]!.GetValue<string>() + request["Cmd"]!.ToJsonString())
            .Should().Equal(Candidate + "[\"--new\"]", Main + "[\"--old\"]");
    }

    [Fact]
    public async Task The_variable_replaces_the_image_of_a_second_builder_and_keeps_its_settings()
    {
        await using var pair = Pair("other:1", Http(Candidate), Http(Main).WithCommand("--old"));

        await Both(pair);

        Engine.Created!["Image"]!.GetValue<string>().Should().Be("other:1");
        Engine.Created!["Cmd"]!.ToJsonString().Should().Be("[\"--old\"]");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task Without_either_there_is_none_and_it_is_said_how_to_give_one(string? image)
    {
        await using var pair = Pair(image, Http(Candidate));

        pair.Reference.Should().BeNull();
        pair.NoReference.Should().Contain("PERFASSERT_REFERENCE_IMAGE").And.Contain("second builder");
        FluentActions.Invoking(() => pair[Variant.Reference]).Should().Throw<InvalidOperationException>();
        (await pair.SwitchToAsync(Variant.Candidate, CancellationToken.None)).Should().BeTrue("the candidate runs all the same");
    }

    [Fact]
    public async Task Together_each_is_started_once_and_goes_on_running()
    {
        await using var pair = Pair(Main, Http(Candidate));

        var started = new List<bool>();
        foreach (var variant in (Variant[])[Variant.Candidate, Variant.Reference, Variant.Candidate, Variant.Reference])
        {
            started.Add(await pair.SwitchToAsync(variant, CancellationToken.None));
        }

        started.Should().Equal(true, true, false, false);
        Engine.Running.Should().BeEquivalentTo([0, 1]);
    }

    [Fact]
    public async Task Alternating_one_is_stopped_before_the_other_is_started()
    {
        await using var pair = Pair(Main, Http(Candidate), mode: PairMode.Alternating);
        var running = new List<int>();

        foreach (var variant in (Variant[])[Variant.Reference, Variant.Candidate, Variant.Candidate, Variant.Reference])
        {
            var client = await pair.SwitchToAsync(variant, CancellationToken.None) ? pair[variant].Client : null;
            running.Add(Engine.Running.Single());
            (client ?? pair[variant].Client).Should().BeSameAs(pair[variant].Client);
        }

        // Created in the order they were needed: the reference is container 0.
        running.Should().Equal(0, 1, 1, 0);
        Engine.AllCreated.Should().HaveCount(2, "a stopped container is started again, not made again");
        Moves().Should().Equal("start 00", "stop 00", "start 01", "stop 01", "start 00");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Alternating_what_did_not_become_ready_does_not_run_beside_the_other(int failingStops)
    {
        await using var pair = Pair(Main, Http(Candidate).WithReadyTimeout(TimeSpan.FromSeconds(1)), mode: PairMode.Alternating);
        Server.Answers("GET /", (503, ""));
        Engine.StopErrors = failingStops;
        await FluentActions.Awaiting(() => pair.SwitchToAsync(Variant.Reference, CancellationToken.None)).Should().ThrowAsync<ModelServerStartException>();
        Server.Answers("GET /", (200, ""));

        await pair.SwitchToAsync(Variant.Candidate, CancellationToken.None);

        Engine.Running.Should().Equal([1], "the reference is container 0");
    }

    [Fact]
    public async Task Alternating_what_could_not_be_stopped_counts_as_not_running()
    {
        await using var pair = Pair(Main, Http(Candidate), mode: PairMode.Alternating);
        await pair.SwitchToAsync(Variant.Candidate, CancellationToken.None);
        Engine.StopErrors = 1;
        await FluentActions.Awaiting(() => pair.SwitchToAsync(Variant.Reference, CancellationToken.None)).Should().ThrowAsync<Exception>();

        (await pair.SwitchToAsync(Variant.Candidate, CancellationToken.None)).Should().BeTrue("nobody knows whether it runs");
    }

    [Theory]
    [InlineData("registry.example/sentiment:main", true)]
    [InlineData("registry.example/sentiment", true)]
    [InlineData("localhost:5000/sentiment:main", true)]
    [InlineData("registry.example/sentiment@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("registry.example/sentiment:main@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("team/sentiment:main", false)]
    public async Task A_tag_of_a_registry_that_the_variable_names_is_pulled_though_an_image_is_here(string image, bool pulled)
    {
        await using var pair = Pair(image, Http(Candidate));

        await Both(pair);

        Engine.Requests.Count(request => request == "POST /images/create").Should().Be(pulled ? 1 : 0);
    }

    [Fact]
    public async Task A_reference_that_cannot_be_pulled_anew_is_no_older_one()
    {
        await using var pair = Pair(Main, Http(Candidate));
        (Engine.PullError, Engine.ImageIsHere) = ("no basic auth credentials", true);

        var failure = (await FluentActions.Awaiting(() => pair.SwitchToAsync(Variant.Reference, CancellationToken.None)).Should().ThrowAsync<ModelServerStartException>()).Which;

        failure.Message.Should().StartWith("The HTTP container of the reference could not be created.").And.Contain("no basic auth credentials")
            .And.Contain("PERFASSERT_REFERENCE_IMAGE").And.Contain("by its digest");
    }

    [Fact]
    public async Task A_reference_that_does_not_start_says_so_and_is_not_waited_for_again()
    {
        await using var pair = Pair(Main, Http(Candidate));
        (Engine.StartError, Engine.StartErrorOf) = ("no such device", 1);
        Engine.Log.Add((2, "last words"));
        await pair.SwitchToAsync(Variant.Candidate, CancellationToken.None);

        var failure = (await FluentActions.Awaiting(() => pair.SwitchToAsync(Variant.Reference, CancellationToken.None)).Should().ThrowAsync<ModelServerStartException>()).Which;
        var asked = Engine.Requests.Count;
        var again = (await FluentActions.Awaiting(() => pair.SwitchToAsync(Variant.Reference, CancellationToken.None)).Should().ThrowAsync<ModelServerStartException>()).Which;

        failure.Message.Should().StartWith("The HTTP container of the reference could not be started.")
            .And.Contain("image:    " + Main).And.Contain("no such device").And.Contain("last words");
        again.Should().BeSameAs(failure);
        Engine.Requests.Should().HaveCount(asked);
    }

    [Theory]
    [InlineData(null, "sha256:0")]
    [InlineData("sha256:abc", "sha256:abc")]
    public async Task Requests_say_which_image_answers_by_the_registrys_digest_or_the_engines(string? registry, string digest)
    {
        Engine.RegistryDigest = registry;
        Server.Answers("POST /predict", (200, "{}"));
        await using var pair = Pair(null, Http(Candidate));

        var run = await PerfTest.Run(
            request => pair[request].Client.PostAsync(request, "predict", new { }),
            "20 requests",
            ["p50 < 20 s"],
            new PerfTestOptions { Endpoint = pair, Name = "ServerPairTests.Digest" });

        using var file = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(run.RunFile!));
        var server = file.RootElement.GetProperty("servers").EnumerateArray().Single();
        (server.GetProperty("variant").GetString(), server.GetProperty("image").GetString(), server.GetProperty("digest").GetString(), server.GetProperty("isUnderTest").GetBoolean())
            .Should().Be(("candidate", Candidate, digest, true));
        server.GetProperty("coldStartsMs").EnumerateArray().Single().GetDouble().Should().Be(pair.Candidate.ColdStart.TotalMilliseconds);
    }

    [Fact]
    public async Task Disposal_removes_both_in_either_way()
    {
        await using (var pair = Pair(Main, Http(Candidate)))
        {
            await Both(pair);
        }

        var other = Pair(Main, Http(Candidate));
        await Both(other);
        other.Dispose();

        Engine.Requests.Count(request => request.StartsWith("DELETE /containers/", StringComparison.Ordinal)).Should().Be(4);
    }

    [Fact]
    public async Task Disposal_removes_the_other_where_one_cannot_be_removed()
    {
        var pair = Pair(Main, Http(Candidate));
        await Both(pair);
        Engine.RemoveErrorOf = 0;

        await FluentActions.Awaiting(() => pair.DisposeAsync().AsTask()).Should().ThrowAsync<DockerApiException>();

        Engine.Requests.Count(request => request.StartsWith("DELETE /containers/", StringComparison.Ordinal)).Should().Be(2);
    }

    private HttpBuilder Http(string image)
    {
        Server.Answers("GET /", (200, ""));
        return new HttpBuilder(image).WithDockerEndpoint(Engine.Endpoint);
    }

    private static ServerPair<HttpBuilder, HttpContainer> Pair(string? image, HttpBuilder candidate, HttpBuilder? reference = null, PairMode mode = PairMode.Together)
    {
        using var variable = new ReferenceVariable(image);
        return new ServerPair<HttpBuilder, HttpContainer>(candidate, reference, mode);
    }

    private static ServerPair<TritonBuilder, TritonContainer> Pair(string? image, TritonBuilder candidate)
    {
        using var variable = new ReferenceVariable(image);
        return new ServerPair<TritonBuilder, TritonContainer>(candidate);
    }

    private static async Task Both(IVersionedEndpoint pair)
    {
        await pair.SwitchToAsync(Variant.Candidate, CancellationToken.None);
        await pair.SwitchToAsync(Variant.Reference, CancellationToken.None);
    }

    private IEnumerable<string> Moves() =>
        from request in Engine.Requests
        let parts = request.Split('/')
        where parts[^1] is "start" or "stop" && parts.Length == 4
        select $"{parts[3]} {parts[2][^2..]}";
}
