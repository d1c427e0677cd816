using System.Text.Json;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using FluentAssertions;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Containers.Starting;
using PerfAssert.Containers.Triton;
using Xunit;

namespace PerfAssert.Containers.Tests.Real;

/// <summary>Two real servers compared in one run, by budgets that say what a change may cost.</summary>
[Trait("Category", "Docker")]
[Collection(nameof(RequirementVariable))]
public sealed class RealPairTests
{
    private const string Sentiment = "perfassert/sentiment-server:test";
    private const string Main = "perfassert/sentiment-server:main";

    // Wide for the noise of a busy machine, narrow beside the delay.
    private static readonly string[] Budgets = ["p50 < reference + 200 %", "errors <= reference"];

    [ImageFact(Sentiment)]
    public async Task The_same_image_under_another_tag_meets_its_budget()
    {
        await TagAsync();
        using var variable = new ReferenceVariable(Main);
        await using var pair = new ServerPair<TritonBuilder, TritonContainer>(Server());

        var run = await MeasureAsync(pair, "Same");

        run.Text.Should().MatchRegex(@"ok +p50 < reference \+ 200 % +met")
            .And.MatchRegex($@"Candidate: Triton {Sentiment} \(sha256:\w+\), ready after").And.MatchRegex($@"Reference: Triton {Main} \(sha256:\w+\), ready after");
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(run.RunFile!));
        var digests = file.RootElement.GetProperty("servers").EnumerateArray().Select(server => server.GetProperty("digest").GetString()).ToList();
        digests.Should().HaveCount(2).And.OnlyContain(digest => digest!.StartsWith("sha256:", StringComparison.Ordinal), "image and digest of both are in the file");
        digests.Distinct().Should().ContainSingle("both tags are one image");
    }

    [ImageFact(Sentiment)]
    public async Task A_candidate_that_is_slower_breaks_it()
    {
        await using var pair = new ServerPair<TritonBuilder, TritonContainer>(Server("--delay 100ms"), Server());

        var broken = (await FluentActions.Awaiting(() => MeasureAsync(pair, "Slower")).Should().ThrowAsync<PerfBudgetException>()).Which;

        broken.Message.Should().MatchRegex(@"FAIL +p50 < reference \+ 200 % +broken").And.Contain("extended to 24 to decide", "red takes a second block");
    }

    [ImageFact(Sentiment)]
    public async Task One_at_a_time_the_same_image_meets_it_too()
    {
        await using var pair = new ServerPair<TritonBuilder, TritonContainer>(Server(), Server(), PairMode.Alternating);

        var run = await MeasureAsync(pair, "Alternating", rounds: 6);

        run.Text.Should().MatchRegex(@"ok +p50 < reference \+ 200 % +met").And.MatchRegex(@"Candidate: .*, ready after .* in \d+ starts");
        new[] { pair.Candidate, pair.Reference! }.Count(server => server.State == DotNet.Testcontainers.Containers.TestcontainersStates.Running).Should().Be(1);
    }

    [ImageFact(Sentiment)]
    public async Task A_reference_that_exits_is_shown_like_a_candidate()
    {
        await using var pair = new ServerPair<TritonBuilder, TritonContainer>(Server(), Server("--no-such-option"));

        var failure = (await FluentActions.Awaiting(() => MeasureAsync(pair, "Exits")).Should().ThrowAsync<ModelServerStartException>()).Which;

        failure.ExitCode.Should().NotBeNull().And.NotBe(0);
        failure.Message.Should().StartWith("The Triton container of the reference exited before the model was ready.")
            .And.Contain($"image:    {Sentiment}").And.Contain("command:  tritonserver").And.Contain("no-such-option", "the log is shown");
    }

    private static Task<PerfResult> MeasureAsync(ServerPair<TritonBuilder, TritonContainer> pair, string name, int rounds = 8) => PerfTest.Run(
        request => pair[request].Client.InferAsync(request, new InferRequest("sentiment", Tensor.Create("text", [$"a fine film {request.Random.Next(100)}"], 1))),
        "12 requests by 3 users",
        Budgets,
        new PerfTestOptions { Endpoint = pair, WarmUp = "20 requests", Name = "RealPairTests." + name, Rounds = rounds });

    private static TritonBuilder Server(string arguments = "") =>
        new TritonBuilder(Sentiment).WithModel("sentiment").WithEnvironment("SENTIMENT_SERVER_ARGS", arguments);

    private static async Task TagAsync()
    {
        using var engine = Engine.Connect(TestcontainersSettings.OS.DockerEndpointAuthConfig);
        await engine.Images.TagImageAsync(Sentiment, new ImageTagParameters { RepositoryName = Main.Split(':')[0], Tag = Main.Split(':')[1] });
    }
}
