using FluentAssertions;
using PerfAssert.Clients.OpenAI;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.OpenAI;

public sealed class EmbeddingTests
{
    private const string Answer =
        """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,-1e-3,2]},{"object":"embedding","index":1,"embedding":[1,2,3]}],"usage":{"prompt_tokens":7,"total_tokens":7}}""";

    [Fact]
    public async Task There_is_a_vector_for_each_text()
    {
        await using var server = RawServer.Answering(Support.Http.Json(Answer));
        using var client = new OpenAIClient(server.Address, "m");
        var request = Requests.New();

        var result = await client.EmbedAsync(request, new EmbeddingRequest("a", "b") { KeepVectors = true });

        (result.Count, result.Dimensions, result.InputTokens, request.Marks.InputTokens).Should().Be((2, 3, 7, 7));
        result.Vectors[0].ToArray().Should().Equal(0.5f, -1e-3f, 2f);
        server.Requests.Single().Text.Should().Be("""{"model":"m","input":["a","b"]}""");
    }

    [Fact]
    public async Task Vectors_are_kept_only_when_asked_for()
    {
        await using var server = RawServer.Answering(Support.Http.Json(Answer));
        using var client = new OpenAIClient(server.Address, "m");

        (await client.EmbedAsync(null, new EmbeddingRequest("a", "b"))).Vectors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"data":[{"embedding":[1]}]}""", "malformed answer: not one vector of the same length for each text")]
    [InlineData("""{"data":[{"embedding":[1]},{"embedding":[1,2]}]}""", "malformed answer: not one vector of the same length for each text")]
    [InlineData("""{"data":[{"embedding":[1]},{"embedding":[]}]}""", "malformed answer: not one vector of the same length for each text")]
    [InlineData("""{"data":[{"embedding":["x"]},{"embedding":[1]}]}""", "malformed answer: no embeddings")]
    [InlineData("""{"error":{"type":"not_found","message":"x"}}""", "error inside a successful answer: not_found")]
    [InlineData("{", "malformed answer: no embeddings")]
    public async Task Anything_else_is_a_failure(string answer, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json(answer));
        using var client = new OpenAIClient(server.Address, "m");

        (await Failure.Of(() => client.EmbedAsync(null, new EmbeddingRequest("a", "b") { KeepVectors = true }))).Message.Should().Be(message);
    }
}
